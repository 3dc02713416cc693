SELECT no, next FROM unit_series WHERE prefix = ?1 AND next < ?2 ORDER BY no LIMIT 1
