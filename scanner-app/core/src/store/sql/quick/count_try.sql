UPDATE quick_user SET wrong = wrong + 1, tried_at = ?2 WHERE user = ?1;
