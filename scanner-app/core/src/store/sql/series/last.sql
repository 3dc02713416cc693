SELECT max(no) FROM unit_series WHERE prefix = ?1
