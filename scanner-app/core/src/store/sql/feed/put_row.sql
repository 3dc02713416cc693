INSERT INTO feed_row (topic, key, rev, round, body) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (topic, key) DO UPDATE SET rev = excluded.rev, round = excluded.round, body = excluded.body;
