SELECT body, found_at FROM deviation ORDER BY found_at DESC, kind, subject LIMIT ?1
