DELETE FROM refresh_token WHERE hash = ?1 RETURNING user_id, expires_at
