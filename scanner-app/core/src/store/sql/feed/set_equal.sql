UPDATE feed SET equal_at = ?2 WHERE topic = ?1;
