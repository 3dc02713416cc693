UPDATE log SET peer = ?2 WHERE log = ?1;
