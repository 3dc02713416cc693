SELECT DISTINCT expiry FROM event
WHERE lot_key = ?1 AND unit_no = ?2 AND voided = 0 AND expiry IS NOT NULL
