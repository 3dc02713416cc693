SELECT replaced_by FROM device WHERE id = ?1
