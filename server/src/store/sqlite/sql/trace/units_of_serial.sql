SELECT unit.unit_no, lot.product, lot.lot, unit.serial
FROM unit INDEXED BY unit_by_serial JOIN lot USING (lot_no)
WHERE unit.serial = :serial AND unit.serial <> '' AND (:lot IS NULL OR lot.lot = :lot)
