INSERT INTO log (id, key, name, by_device) VALUES (?1, ?2, ?3, ?4)
