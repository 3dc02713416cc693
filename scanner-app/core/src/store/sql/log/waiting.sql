SELECT seq, bytes FROM record WHERE log = ?1 AND sent = 0 AND seq > ?2 ORDER BY seq LIMIT ?3;
