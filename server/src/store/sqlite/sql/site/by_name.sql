SELECT id FROM site WHERE name = ?1
