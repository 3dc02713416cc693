SELECT body FROM feed_row WHERE topic = ?1 AND key = ?2;
