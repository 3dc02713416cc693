INSERT INTO quick_user (user, pin, password_at) VALUES (?1, ?2, ?3)
ON CONFLICT (user) DO UPDATE SET
    pin = excluded.pin, password_at = excluded.password_at, wrong = 0, tried_at = NULL;
