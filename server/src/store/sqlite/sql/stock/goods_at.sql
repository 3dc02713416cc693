SELECT lot.product, lot.lot, unit.serial, unit.expiry, stock.status, stock.units
FROM stock
JOIN unit USING (unit_no)
JOIN lot USING (lot_no)
WHERE stock.place_no = ?1
ORDER BY lot.product, lot.lot, unit.serial, stock.status
