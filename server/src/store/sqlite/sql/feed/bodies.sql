SELECT body FROM feed WHERE topic = ?1 AND body IS NOT NULL ORDER BY key
