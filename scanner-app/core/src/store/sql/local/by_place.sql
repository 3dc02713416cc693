SELECT sign, step, article, line, source, target, lot, serial, expiry, units, product, took,
       became, sscc
FROM local_move WHERE in_stock = 0 AND (source = ?1 OR target = ?1) ORDER BY event_id;
