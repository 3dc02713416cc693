SELECT lot.product, lot.lot, unit.serial, unit.expiry, place_code.code, stock.status, stock.units
FROM json_each(:units) AS wanted
CROSS JOIN unit ON unit.unit_no = wanted.value
CROSS JOIN lot USING (lot_no)
CROSS JOIN stock ON stock.lot_key = lot.lot_key AND stock.unit_no = unit.unit_no
JOIN place_code USING (place_no)
ORDER BY lot.product, lot.lot, unit.serial, place_code.code, stock.status
