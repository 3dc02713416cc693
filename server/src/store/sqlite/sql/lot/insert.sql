INSERT INTO lot (lot_key, product, lot) VALUES (?1, ?2, ?3)
