INSERT INTO stock (lot_key, unit_no, place_no, status, units) VALUES (?1, ?2, ?3, ?4, ?5)
