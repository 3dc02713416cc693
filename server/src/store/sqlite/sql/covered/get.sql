-- At a site only a backup of the central server counts.
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'central')
        THEN coalesce((SELECT seq FROM central_covered AS known WHERE known.log_no = log.log_no), 0)
    ELSE coalesce((SELECT seq FROM covered WHERE covered.log_no = log.log_no), 0)
END
FROM log
WHERE log.id = ?1
