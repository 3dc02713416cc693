INSERT INTO log (log, seq, hash, tick) VALUES (?1, 0, ?2, 0);
