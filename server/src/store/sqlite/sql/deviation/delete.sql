DELETE FROM deviation WHERE kind = ?1 AND subject = ?2
