UPDATE log SET covered = max(covered, ?2) WHERE log = ?1;
