SELECT sign, step, article, line, source, target, lot, serial, expiry, units, product, took,
       became, sscc
FROM local_move WHERE in_orders = 0 AND order_no = ?1 ORDER BY event_id;
