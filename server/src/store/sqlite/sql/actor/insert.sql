INSERT INTO actor (id) VALUES (?1)
