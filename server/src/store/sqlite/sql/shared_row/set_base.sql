UPDATE shared_row SET base = ?3 WHERE kind = ?1 AND key = ?2
