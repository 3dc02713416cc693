INSERT OR REPLACE INTO row_past (kind, key, version, changed_at, rev)
SELECT kind, key, version, changed_at, rev FROM shared_row WHERE kind = ?1 AND key = ?2 AND version <> ?3
