SELECT cursor, count, sum, equal_at FROM feed WHERE topic = ?1;
