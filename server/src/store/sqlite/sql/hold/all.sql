SELECT body FROM hold ORDER BY id
