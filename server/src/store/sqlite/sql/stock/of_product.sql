SELECT lot.lot, unit.serial, unit.expiry, place_code.code, stock.units
FROM lot
JOIN unit USING (lot_no)
JOIN stock ON stock.lot_key = lot.lot_key AND stock.unit_no = unit.unit_no
JOIN place_code USING (place_no)
WHERE lot.product = ?1 AND stock.status = ?2 AND stock.units > 0
