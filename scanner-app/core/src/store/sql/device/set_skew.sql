UPDATE device SET skew = ?1 WHERE id = 1;
