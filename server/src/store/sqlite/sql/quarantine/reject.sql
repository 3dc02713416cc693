UPDATE quarantine SET rejected_by = ?2, rejected_at = ?3, reason = ?4
WHERE rejected_at IS NULL AND log_no = (SELECT log_no FROM log WHERE id = ?1)
