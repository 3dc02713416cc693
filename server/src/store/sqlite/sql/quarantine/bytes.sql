SELECT quarantine.bytes
FROM log JOIN quarantine USING (log_no)
WHERE log.id = ?1 AND quarantine.seq = ?2 AND quarantine.hash = ?3
