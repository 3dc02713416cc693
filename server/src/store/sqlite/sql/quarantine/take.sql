SELECT quarantine.bytes, quarantine.head_seq, quarantine.head_hash, quarantine.signature
FROM quarantine JOIN log USING (log_no)
WHERE log.id = ?1 AND quarantine.received_at <= ?2
  AND quarantine.rejected_at IS NULL AND quarantine.taken_at IS NULL
ORDER BY quarantine.seq DESC, quarantine.hash DESC
