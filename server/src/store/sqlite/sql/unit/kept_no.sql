SELECT unit_no FROM main.unit WHERE lot_no = ?1 AND serial = ?2
