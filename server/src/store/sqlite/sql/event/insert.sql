INSERT INTO event (
    lot_key, unit_no, tick, event, step, units, from_no, to_no, user_no, log_no, seq, at, entry, voided, expiry,
    order_no, order_line, supplier, scanner_no, seen, became, told, sscc
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
