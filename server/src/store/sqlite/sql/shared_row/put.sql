INSERT INTO shared_row (kind, key, rev, version, base, changed_at)
VALUES (?1, ?2, (SELECT coalesce(max(rev), 0) + 1 FROM shared_row), ?3, ?4, ?5)
ON CONFLICT (kind, key) DO UPDATE SET
    rev = excluded.rev,
    version = excluded.version,
    base = excluded.base,
    changed_at = excluded.changed_at
