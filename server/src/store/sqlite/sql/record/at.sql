SELECT hash, bytes FROM record WHERE log_no = ?1 AND seq = ?2 ORDER BY hash
