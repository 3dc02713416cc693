SELECT record.bytes
FROM claim JOIN record USING (log_no, seq)
WHERE claim.event = ?1
ORDER BY record.hash
