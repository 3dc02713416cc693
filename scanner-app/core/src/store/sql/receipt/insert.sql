INSERT OR REPLACE INTO receipt (event_id, delivery, sscc) VALUES (?1, ?2, ?3);
