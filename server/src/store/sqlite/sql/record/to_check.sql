SELECT log.id, record.seq, record.hash, record.bytes FROM record JOIN log USING (log_no) ORDER BY record.log_no, record.seq
