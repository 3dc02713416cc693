INSERT INTO quarantine (log_no, seq, hash, event, received_at, bytes, head_seq, head_hash, signature)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
