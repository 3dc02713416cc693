-- What of a log waits, with the record that counts for the same event where there is one. Only then are the bytes looked at.
SELECT quarantine.seq, quarantine.hash, quarantine.received_at, record.bytes,
       iif(record.bytes IS NULL, NULL, quarantine.bytes)
FROM log
JOIN quarantine USING (log_no)
LEFT JOIN claim ON claim.event = quarantine.event
LEFT JOIN record ON record.log_no = claim.log_no AND record.seq = claim.seq
    AND substr(record.hash, 1, 8) = unhex(printf('%016x', claim.mark))
WHERE log.id = ?1 AND quarantine.rejected_at IS NULL AND quarantine.taken_at IS NULL
ORDER BY quarantine.seq, quarantine.hash
