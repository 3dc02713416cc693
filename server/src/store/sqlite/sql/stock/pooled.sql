-- Products of which some was taken without its lot.
SELECT DISTINCT lot.product
FROM stock INDEXED BY stock_below
CROSS JOIN unit USING (unit_no)
CROSS JOIN lot USING (lot_no)
WHERE stock.units < 0 AND lot.lot = '' AND unit.serial = ''
