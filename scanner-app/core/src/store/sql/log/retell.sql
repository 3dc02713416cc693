UPDATE record SET sent = 3 WHERE log <> ?1 AND sent <> 3;
