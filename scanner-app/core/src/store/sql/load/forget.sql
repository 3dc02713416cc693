DELETE FROM unit_loaded WHERE at < ?1
