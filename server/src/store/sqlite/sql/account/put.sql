INSERT INTO account (id, login, name, roles, password_hash, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET
    login = excluded.login,
    name = excluded.name,
    roles = excluded.roles,
    password_hash = excluded.password_hash,
    active = excluded.active
