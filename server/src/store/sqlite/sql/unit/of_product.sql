SELECT lot.lot_key, lot.lot, unit.serial FROM lot JOIN unit USING (lot_no) WHERE lot.product = ?1
