SELECT replaced_by, revoked_at IS NOT NULL FROM device WHERE id = ?1
