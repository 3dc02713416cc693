SELECT id, login, name, roles, password_hash, active FROM account ORDER BY login
