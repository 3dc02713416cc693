DELETE FROM unit_label WHERE printed = 1 AND at < ?1
