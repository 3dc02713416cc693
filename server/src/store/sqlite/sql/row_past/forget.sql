-- The latest ones are enough: a backup is not older.
DELETE FROM row_past WHERE kind = ?1 AND key = ?2 AND rev <=
    (SELECT rev FROM row_past WHERE kind = ?1 AND key = ?2 ORDER BY rev DESC LIMIT 1 OFFSET 16)
