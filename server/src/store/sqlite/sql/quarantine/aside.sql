SELECT quarantine.bytes, quarantine.received_at
FROM quarantine JOIN log USING (log_no)
WHERE log.id = ?1 AND quarantine.rejected_at IS NULL AND quarantine.taken_at IS NULL
ORDER BY quarantine.seq, quarantine.hash
