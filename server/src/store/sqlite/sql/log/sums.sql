SELECT log.id, log.key, log.by_device, log.name, state.records, state.sum,
    CASE
        WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'central')
            THEN coalesce((SELECT seq FROM central_covered AS known WHERE known.log_no = log.log_no), 0)
        ELSE coalesce((SELECT seq FROM covered WHERE covered.log_no = log.log_no), 0)
    END
FROM log
JOIN log_state AS state USING (log_no)
WHERE log.id > ?1
ORDER BY log.id
LIMIT ?2
