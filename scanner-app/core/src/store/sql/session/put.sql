INSERT INTO session (id, user, until, password_at, access, refresh) VALUES (1, ?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET
    user = excluded.user, until = excluded.until, password_at = excluded.password_at,
    access = excluded.access, refresh = excluded.refresh;
