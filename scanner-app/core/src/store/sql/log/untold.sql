SELECT rowid, bytes FROM record
WHERE log <> ?1 AND sent <> 3 AND rowid > ?2
ORDER BY rowid LIMIT ?3;
