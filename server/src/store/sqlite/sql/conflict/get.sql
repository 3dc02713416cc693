SELECT body FROM conflict WHERE id = ?1
