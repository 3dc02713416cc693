INSERT INTO audit (at, user_id, what, asked, purpose) VALUES (?1, ?2, ?3, ?4, ?5)
