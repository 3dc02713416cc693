INSERT INTO implant_card (event, day, at, training, body) VALUES (?1, ?2, ?3, ?4, ?5);
