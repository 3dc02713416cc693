INSERT INTO record (log, seq, hash, event_id, at, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
