INSERT INTO log (id, key, name) VALUES (?1, ?2, ?3)
