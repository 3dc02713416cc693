DELETE FROM refresh_token WHERE expires_at <= ?1
