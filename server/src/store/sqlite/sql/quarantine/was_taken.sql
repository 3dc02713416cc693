SELECT 1 FROM quarantine WHERE log_no = ?1 AND seq = ?2 AND hash = ?3 AND taken_at IS NOT NULL
