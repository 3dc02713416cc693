INSERT INTO local_move
    (event_id, sign, step, article, order_no, line, source, target, lot, serial, expiry, units, product, took,
     became, sscc)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
