SELECT id, login, name, roles, password_hash, active FROM account
WHERE id = ?1 AND active AND NOT EXISTS (SELECT 1 FROM ended_session WHERE id = ?2)
