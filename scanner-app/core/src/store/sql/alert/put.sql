INSERT INTO alert (code, detail, at) VALUES (?1, ?2, ?3)
ON CONFLICT (code, detail) DO UPDATE SET at = excluded.at;
