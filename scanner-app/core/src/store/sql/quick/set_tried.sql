UPDATE quick_user SET tried_at = ?2 WHERE user = ?1;
