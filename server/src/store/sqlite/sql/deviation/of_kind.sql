SELECT body FROM deviation WHERE kind = ?1
