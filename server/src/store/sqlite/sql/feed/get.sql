SELECT body FROM feed WHERE topic = ?1 AND key = ?2
