INSERT INTO place_code (code) VALUES (?1)
