INSERT INTO record (log_no, seq, hash, received_at, bytes)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (log_no, seq, hash) DO NOTHING
