SELECT lot.product, lot.lot, unit.serial, unit.expiry, place_code.code, stock.status, stock.units
FROM lot
CROSS JOIN unit USING (lot_no)
CROSS JOIN stock ON stock.lot_key = lot.lot_key AND stock.unit_no = unit.unit_no
JOIN place_code USING (place_no)
WHERE lot.product IN (SELECT value FROM json_each(:products))
  AND (:lot IS NULL OR lot.lot = '' OR lot.lot = :lot COLLATE NOCASE)
ORDER BY lot.product, lot.lot, unit.serial, place_code.code, stock.status
