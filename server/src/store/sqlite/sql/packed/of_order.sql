SELECT packed.line, lot.lot, unit.serial, packed.sscc,
       packed.packed - packed.shipped, packed.shipped - packed.accepted
FROM packed
JOIN unit USING (unit_no)
JOIN lot USING (lot_no)
WHERE packed.order_no = ?1
ORDER BY packed.sscc, packed.line, lot.lot, unit.serial
