SELECT id, login, name, roles, password_hash, active FROM account
WHERE id = ?1 AND active AND NOT EXISTS (SELECT 1 FROM ended_session WHERE id = ?2)
    -- Sessions tell when they began to the second: one of the second of the closing is none either.
    AND ?3 >= coalesce(closed_at, ?3)
