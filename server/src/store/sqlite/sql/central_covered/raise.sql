INSERT INTO central_covered (log_no, seq) SELECT log_no, ?2 FROM log WHERE id = ?1
ON CONFLICT (log_no) DO UPDATE SET seq = max(seq, excluded.seq)
