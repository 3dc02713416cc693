SELECT count(*) FROM series WHERE log = ?1 AND at > ?2
