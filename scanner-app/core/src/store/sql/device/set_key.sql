UPDATE device SET seed = ?2, public = ?3 WHERE log = ?1 AND seed IS NULL AND public IS NULL;
