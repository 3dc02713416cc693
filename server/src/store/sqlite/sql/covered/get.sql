SELECT covered.seq FROM covered JOIN log USING (log_no) WHERE log.id = ?1
