UPDATE quick_user SET wrong = 0, tried_at = NULL WHERE user = ?1;
