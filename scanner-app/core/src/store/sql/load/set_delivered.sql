UPDATE unit_loaded SET delivered = ?2 WHERE sscc = ?1
