SELECT quarantine.bytes
FROM quarantine JOIN log USING (log_no)
WHERE log.id = ?1 AND quarantine.rejected_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = quarantine.event)
ORDER BY quarantine.seq, quarantine.hash
LIMIT ?2
