SELECT kind, subject, body FROM deviation WHERE unit_no = ?1
UNION ALL
SELECT kind, subject, body FROM deviation WHERE log_no = ?2
