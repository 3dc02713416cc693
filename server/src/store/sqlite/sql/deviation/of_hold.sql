SELECT subject FROM deviation WHERE hold = ?1
