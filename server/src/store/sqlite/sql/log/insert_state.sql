INSERT INTO log_state (log_no, head_seq, head_hash, last, missing, forks) VALUES (?1, 0, ?2, 0, 0, 0)
