INSERT INTO unit (unit_no, lot_no, serial, expiry) VALUES (?1, ?2, ?3, ?4)
