UPDATE device SET revoked_at = ?2, replaced_by = ?3 WHERE id = ?1
