SELECT key FROM log WHERE id = ?1
