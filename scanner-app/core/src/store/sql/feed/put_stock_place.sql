INSERT OR IGNORE INTO stock_place (product, place) VALUES (?1, ?2);
