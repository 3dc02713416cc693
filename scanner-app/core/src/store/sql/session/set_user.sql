UPDATE session SET user = ?1 WHERE id = 1;
