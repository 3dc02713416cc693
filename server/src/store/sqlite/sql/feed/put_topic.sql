INSERT INTO topic (topic, rev, count, sum) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (topic) DO UPDATE SET rev = excluded.rev, count = excluded.count, sum = excluded.sum
