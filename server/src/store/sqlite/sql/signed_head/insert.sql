INSERT INTO signed_head (log_no, seq, hash, signature)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log_no, seq, hash) DO NOTHING
