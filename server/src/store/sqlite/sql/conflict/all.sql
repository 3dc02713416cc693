SELECT body FROM conflict WHERE people = ?1 ORDER BY open DESC, found_at DESC, id LIMIT ?2
