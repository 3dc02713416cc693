SELECT key FROM feed WHERE topic = ?1 AND body IS NOT NULL
