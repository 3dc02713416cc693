INSERT OR IGNORE INTO unit_series (prefix, no, next) VALUES (?1, ?2, 0)
