SELECT body FROM feed_row
WHERE topic = 'rules' AND key >= 'stock ' AND key < 'stock!'
  AND (?1 IS NULL OR json_extract(body, '$.article') = ?1)
ORDER BY key;
