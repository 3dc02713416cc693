SELECT place_no, code FROM place_code
