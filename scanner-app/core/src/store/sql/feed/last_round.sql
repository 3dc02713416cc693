SELECT coalesce(max(round), 0) FROM feed_row WHERE topic = ?1;
