SELECT body FROM conflict ORDER BY open DESC, found_at DESC, id LIMIT ?1
