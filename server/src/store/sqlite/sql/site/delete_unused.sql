DELETE FROM site WHERE id = ?1 AND joined_at IS NULL
