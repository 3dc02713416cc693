SELECT hash FROM record WHERE log = ?1 AND seq = ?2;
