INSERT INTO void (target, event) VALUES (?1, ?2) ON CONFLICT (target, event) DO NOTHING
