UPDATE quick_user SET badge = ?2 WHERE user = ?1;
