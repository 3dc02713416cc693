SELECT 1 FROM record JOIN log USING (log_no) WHERE log.id = ?1 AND record.seq = ?2 AND record.hash = ?3
