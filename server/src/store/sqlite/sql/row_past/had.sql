SELECT 1 FROM row_past WHERE kind = ?1 AND key = ?2 AND version = ?3 AND changed_at = ?4
