-- A place is a fork when it holds more than one record.
INSERT INTO fork (log_no, seq)
SELECT ?1, ?2 WHERE (SELECT count(*) FROM record WHERE log_no = ?1 AND seq = ?2) > 1
ON CONFLICT (log_no, seq) DO NOTHING
