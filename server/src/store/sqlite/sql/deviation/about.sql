SELECT kind, subject, body FROM deviation WHERE unit_no = ?1 AND kind IN (SELECT value FROM json_each(?3))
UNION ALL
SELECT kind, subject, body FROM deviation WHERE log_no = ?2 AND kind IN (SELECT value FROM json_each(?3))
