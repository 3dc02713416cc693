SELECT bytes FROM record WHERE log_no = ?1 AND seq = ?2 AND hash = ?3
