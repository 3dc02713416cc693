-- Lots and units come in the order of the answer, so that a page needs no sorting of everything.
SELECT lot.product, lot.lot, unit.serial, unit.expiry, place_code.code, stock.status, stock.units
FROM lot INDEXED BY lot_by_product
CROSS JOIN unit INDEXED BY unit_by_lot ON unit.lot_no = lot.lot_no
CROSS JOIN stock ON stock.lot_key = lot.lot_key AND stock.unit_no = unit.unit_no
JOIN place_code USING (place_no)
WHERE :lot IS NULL OR lot.lot = :lot
ORDER BY lot.product, lot.lot, unit.serial, place_code.code, stock.status
LIMIT :limit OFFSET :offset
