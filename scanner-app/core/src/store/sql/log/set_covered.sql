UPDATE log SET covered = ?2 WHERE log = ?1;
