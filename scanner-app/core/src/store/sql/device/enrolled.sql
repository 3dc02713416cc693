UPDATE device SET device = ?1, token = ?2, region = ?3, server = ?4, name = ?5 WHERE id = 1;
