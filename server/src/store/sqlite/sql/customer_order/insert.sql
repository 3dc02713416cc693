INSERT INTO customer_order (no, placed_at) VALUES (?1, ?2)
