UPDATE record SET sent = 0 WHERE log = ?1 AND seq > ?2 AND sent = 1;
