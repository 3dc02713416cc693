DELETE FROM quarantine
WHERE rejected_at IS NULL AND log_no = (SELECT log_no FROM log WHERE id = ?1)
