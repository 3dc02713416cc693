INSERT INTO session (id, user, access, refresh, until) VALUES (1, ?1, ?2, ?3, ?4)
ON CONFLICT (id) DO UPDATE SET
    user = excluded.user, access = excluded.access, refresh = excluded.refresh, until = excluded.until;
