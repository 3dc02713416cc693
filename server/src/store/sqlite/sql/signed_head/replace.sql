UPDATE signed_head
SET seq = ?4, hash = ?5, signature = ?6
WHERE log_no = ?1 AND seq = ?2 AND hash = ?3
