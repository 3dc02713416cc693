INSERT INTO orphan (log_no, seq, hash, prev)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log_no, seq, hash) DO NOTHING
