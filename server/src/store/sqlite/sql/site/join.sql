UPDATE site SET log = ?2, joined_at = ?3 WHERE id = ?1
