INSERT INTO conflict (id, found_at, open, body, people) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET found_at = excluded.found_at, open = excluded.open, body = excluded.body
