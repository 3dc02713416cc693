INSERT INTO quarantine (log_no, seq, hash, event, received_at, bytes, head_seq, head_hash, signature)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
WHERE NOT EXISTS (SELECT 1 FROM record WHERE log_no = ?1 AND seq = ?2 AND hash = ?3)
ON CONFLICT (log_no, seq, hash) DO NOTHING
