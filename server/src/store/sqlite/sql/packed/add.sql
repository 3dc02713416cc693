INSERT INTO packed (order_no, line, unit_no, sscc, packed, shipped, accepted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (order_no, line, unit_no, sscc) DO UPDATE SET
    packed = packed + excluded.packed,
    shipped = shipped + excluded.shipped,
    accepted = accepted + excluded.accepted
