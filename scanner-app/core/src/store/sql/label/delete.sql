DELETE FROM unit_label WHERE sscc = ?1 AND printed = 0
