DELETE FROM unit_loaded WHERE sscc = ?1 AND training = ?2
