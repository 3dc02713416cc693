INSERT INTO feed (topic, cursor, count, sum) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (topic) DO UPDATE SET cursor = excluded.cursor, count = excluded.count, sum = excluded.sum;
