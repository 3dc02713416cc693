SELECT kind, key, rev, version, base, changed_at FROM shared_row WHERE base IS NOT version ORDER BY rev LIMIT ?1
