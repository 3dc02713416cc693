UPDATE record SET sent = 1 WHERE log = ?1 AND seq <= ?2 AND sent = 0;
