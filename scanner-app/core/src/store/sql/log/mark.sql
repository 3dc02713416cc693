UPDATE record SET sent = ?3 WHERE log = ?1 AND seq = ?2 AND sent = 0;
