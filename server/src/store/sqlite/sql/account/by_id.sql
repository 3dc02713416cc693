SELECT id, login, name, roles, password_hash, active FROM account WHERE id = ?1
