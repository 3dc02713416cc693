INSERT INTO progress (order_no, line, unit_no, picked, shipped, accepted) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (order_no, line, unit_no) DO UPDATE SET
    picked = picked + excluded.picked,
    shipped = shipped + excluded.shipped,
    accepted = accepted + excluded.accepted
