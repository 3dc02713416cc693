INSERT INTO article (no, name, text) VALUES (?1, ?2, ?3)
ON CONFLICT (no) DO UPDATE SET name = excluded.name, text = excluded.text
