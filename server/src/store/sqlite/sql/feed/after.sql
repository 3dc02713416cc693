SELECT key, rev, body FROM feed WHERE topic = ?1 AND rev > ?2 ORDER BY rev LIMIT ?3
