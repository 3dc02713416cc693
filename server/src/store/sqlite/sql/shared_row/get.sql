SELECT rev, version, base, changed_at FROM shared_row WHERE kind = ?1 AND key = ?2
