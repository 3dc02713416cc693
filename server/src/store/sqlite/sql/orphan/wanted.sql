SELECT DISTINCT orphan.seq - 1, orphan.prev
FROM orphan
JOIN log USING (log_no)
WHERE log.id = ?1 AND orphan.seq > 1
    AND NOT EXISTS (
        SELECT 1 FROM record
        WHERE record.log_no = orphan.log_no AND record.seq = orphan.seq - 1 AND record.hash = orphan.prev
    )
ORDER BY orphan.seq DESC
LIMIT ?2
