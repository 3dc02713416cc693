-- One is enough: all of them have the scan by which the goods are kept.
SELECT record.bytes
FROM lot
JOIN event USING (lot_key)
JOIN record USING (log_no, seq)
WHERE lot.product = ?1
ORDER BY event.tick
LIMIT 1
