INSERT INTO label (di, product) VALUES (?1, ?2) ON CONFLICT (di, product) DO NOTHING
