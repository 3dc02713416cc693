UPDATE quick_user SET password_at = ?2, wrong = 0, tried_at = NULL WHERE user = ?1;
