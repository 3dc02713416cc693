UPDATE quarantine SET taken_by = ?3, taken_at = ?4, reason = ?5
WHERE log_no = ?1 AND received_at <= ?2 AND rejected_at IS NULL AND taken_at IS NULL
