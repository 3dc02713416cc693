SELECT quarantine.bytes, quarantine.head_seq, quarantine.head_hash, quarantine.signature
FROM quarantine JOIN log USING (log_no)
WHERE log.id = ?1 AND quarantine.rejected_at IS NULL
ORDER BY quarantine.head_seq, quarantine.head_hash, quarantine.seq
