-- Products of which some was taken without its lot.
SELECT DISTINCT lot.product
FROM stock
JOIN unit USING (unit_no)
JOIN lot USING (lot_no)
WHERE stock.units < 0 AND lot.lot = '' AND unit.serial = ''
