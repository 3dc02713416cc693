SELECT min(no) FROM series WHERE log = ?1 AND prefix = ?2 AND no > ?3
