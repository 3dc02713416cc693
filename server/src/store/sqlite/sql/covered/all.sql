SELECT log.id, covered.seq FROM covered JOIN log USING (log_no)
