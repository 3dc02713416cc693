INSERT OR IGNORE INTO hold_di (di, hold) VALUES (?1, ?2);
