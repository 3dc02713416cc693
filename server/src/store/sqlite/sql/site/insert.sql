INSERT INTO site (id, name, code, code_until) VALUES (?1, ?2, ?3, ?4)
