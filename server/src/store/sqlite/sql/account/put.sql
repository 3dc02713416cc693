INSERT INTO account (id, login, name, roles, password_hash, active, closed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, iif(?6, NULL, ?7))
ON CONFLICT (id) DO UPDATE SET
    login = excluded.login,
    name = excluded.name,
    roles = excluded.roles,
    password_hash = excluded.password_hash,
    active = excluded.active,
    closed_at = iif(account.active AND NOT excluded.active, excluded.closed_at, account.closed_at)
