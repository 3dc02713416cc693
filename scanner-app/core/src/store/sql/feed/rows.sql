SELECT body FROM feed_row WHERE topic = ?1 ORDER BY key;
