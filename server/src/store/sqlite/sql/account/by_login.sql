SELECT id, login, name, roles, password_hash, active FROM account WHERE login = ?1
