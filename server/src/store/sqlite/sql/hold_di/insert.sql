INSERT INTO hold_di (di, hold) VALUES (?1, ?2) ON CONFLICT (di, hold) DO NOTHING
