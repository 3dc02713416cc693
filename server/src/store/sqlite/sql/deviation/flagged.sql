SELECT DISTINCT unit_no FROM deviation WHERE unit_no IS NOT NULL
