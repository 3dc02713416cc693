SELECT 1 FROM local_move WHERE sscc = ?1 LIMIT 1
