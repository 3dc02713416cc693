INSERT INTO device (id, name, log_no, enrolled_at, holds) VALUES (?1, ?2, ?3, ?4, 0)
