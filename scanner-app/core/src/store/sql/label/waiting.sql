SELECT body FROM unit_label WHERE printed = 0 ORDER BY at, sscc LIMIT 20
