SELECT user, badge, password_at, wrong, tried_at FROM quick_user ORDER BY user;
