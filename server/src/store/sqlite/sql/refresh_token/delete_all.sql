DELETE FROM refresh_token
