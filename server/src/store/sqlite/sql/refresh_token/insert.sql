INSERT INTO refresh_token (hash, user_id, expires_at) VALUES (?1, ?2, ?3)
