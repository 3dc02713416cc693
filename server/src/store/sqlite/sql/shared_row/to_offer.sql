SELECT kind, key, rev, version, base, changed_at FROM shared_row
WHERE rev > ?1 AND base IS NOT version ORDER BY rev LIMIT ?2
