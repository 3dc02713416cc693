SELECT place_no FROM place_mark
