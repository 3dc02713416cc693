INSERT OR IGNORE INTO place_mark (place_no) VALUES (?1)
