SELECT progress.line, lot.lot, unit.serial, unit.expiry,
       progress.picked - progress.shipped, progress.shipped - progress.accepted
FROM progress
JOIN unit USING (unit_no)
JOIN lot USING (lot_no)
WHERE progress.order_no = ?1
