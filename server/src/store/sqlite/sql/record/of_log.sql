SELECT record.seq, record.hash, record.bytes
FROM log JOIN record USING (log_no)
WHERE log.id = ?1 AND record.seq >= ?2
ORDER BY record.seq, record.hash
LIMIT ?3
