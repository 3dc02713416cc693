SELECT key FROM feed_row WHERE topic = ?1 AND round < ?2;
