SELECT record.hash, claim.mark, record.bytes
FROM claim JOIN record USING (log_no, seq)
WHERE claim.event = ?1
