SELECT lot.product, lot.lot, unit.serial, unit.expiry, place_code.code, stock.status, stock.units
FROM place_code
CROSS JOIN stock USING (place_no)
CROSS JOIN unit USING (unit_no)
CROSS JOIN lot USING (lot_no)
WHERE place_code.code = :place
  AND (:products IS NULL OR lot.product IN (SELECT value FROM json_each(:products)))
  AND (:lot IS NULL OR lot.lot = :lot)
ORDER BY lot.product, lot.lot, unit.serial, place_code.code, stock.status
LIMIT :limit OFFSET :offset
