INSERT INTO packaging (di, no, units) VALUES (?1, ?2, ?3)
