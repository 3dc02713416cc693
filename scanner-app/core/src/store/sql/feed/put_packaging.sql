INSERT OR IGNORE INTO packaging (di, article) VALUES (?1, ?2);
