INSERT INTO conflict (id, found_at, open, body) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (id) DO UPDATE SET open = excluded.open, body = excluded.body
