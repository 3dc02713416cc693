SELECT key, changed_at FROM shared_row WHERE kind = ?1
