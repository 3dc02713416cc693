DELETE FROM place_mark WHERE place_no = ?1
