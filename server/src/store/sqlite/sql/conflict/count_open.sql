SELECT count(*) FROM conflict WHERE people = ?1 AND open = 1
