UPDATE unit_loaded SET delivered = ?3 WHERE sscc = ?1 AND training = ?2
