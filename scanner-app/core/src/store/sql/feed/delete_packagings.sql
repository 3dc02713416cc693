DELETE FROM packaging WHERE article = ?1;
