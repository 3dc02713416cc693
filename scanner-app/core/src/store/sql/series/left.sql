SELECT coalesce(sum(?2 - next), 0) FROM unit_series WHERE prefix = ?1
