UPDATE log SET seq = ?2, hash = ?3, tick = ?4 WHERE log = ?1;
