UPDATE quarantine SET taken_by = ?4, taken_at = ?5, reason = ?6
WHERE log_no = ?1 AND seq = ?2 AND hash = ?3 AND rejected_at IS NULL AND taken_at IS NULL
