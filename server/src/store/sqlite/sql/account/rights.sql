SELECT id, roles FROM account WHERE active
