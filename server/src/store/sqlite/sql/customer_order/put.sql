INSERT INTO customer_order (no, placed_at, body, dirty, done_at, fed) VALUES (?1, ?2, ?3, 0, ?4, ?5)
ON CONFLICT (no) DO UPDATE SET
    body = excluded.body,
    dirty = 0,
    done_at = excluded.done_at,
    fed = excluded.fed
