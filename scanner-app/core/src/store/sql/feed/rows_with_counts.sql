SELECT body FROM feed_row WHERE topic = 'stock' AND json_extract(body, '$.counts') IS NOT NULL ORDER BY key;
