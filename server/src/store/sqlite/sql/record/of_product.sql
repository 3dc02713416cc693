-- One is enough: all of them have the scan by which the goods are kept. A place where the log forked has two records,
-- and only one of them is of these goods.
SELECT record.bytes
FROM lot
JOIN event USING (lot_key)
JOIN record USING (log_no, seq)
WHERE lot.product = ?1
ORDER BY event.tick
LIMIT 8
