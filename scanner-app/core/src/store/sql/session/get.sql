SELECT user, until, password_at, access, refresh FROM session WHERE id = 1;
