DELETE FROM unit_loaded WHERE sscc = ?1
