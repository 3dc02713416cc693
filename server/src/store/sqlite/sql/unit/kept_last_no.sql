SELECT coalesce(max(unit_no), 0) FROM main.unit
