INSERT INTO backup (made_at, file, sha256, bytes, records) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (made_at) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256, bytes = excluded.bytes, records = excluded.records
