SELECT unit.unit_no, lot.product, lot.lot, unit.serial
FROM lot INDEXED BY lot_by_lot JOIN unit USING (lot_no)
WHERE lot.lot = :lot AND lot.lot <> ''
