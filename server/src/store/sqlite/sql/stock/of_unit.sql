SELECT stock.place_no, place_code.code, stock.status, stock.units
FROM stock JOIN place_code USING (place_no)
WHERE stock.lot_key = ?1 AND stock.unit_no = ?2
