INSERT INTO feed (topic, key, rev, body) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (topic, key) DO UPDATE SET rev = excluded.rev, body = excluded.body
