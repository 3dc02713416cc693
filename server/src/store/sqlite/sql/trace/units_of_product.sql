SELECT unit.unit_no, lot.product, lot.lot, unit.serial
FROM lot JOIN unit USING (lot_no)
WHERE lot.product IN (SELECT value FROM json_each(:products))
  AND (:lot IS NULL OR lot.lot = :lot)
  AND (:serial IS NULL OR unit.serial = :serial)
