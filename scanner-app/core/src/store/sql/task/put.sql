INSERT INTO task (key, current, state) VALUES (?1, 1, ?2)
ON CONFLICT (key) DO UPDATE SET current = 1, state = excluded.state;
