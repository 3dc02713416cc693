SELECT pin, badge, password_at, wrong, tried_at FROM quick_user WHERE user = ?1;
