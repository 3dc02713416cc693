SELECT place_no, place_code.code FROM place_mark JOIN place_code USING (place_no) ORDER BY place_no LIMIT ?1
