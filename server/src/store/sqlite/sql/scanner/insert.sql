INSERT INTO scanner (profile) VALUES (?1)
