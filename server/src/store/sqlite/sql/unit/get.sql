SELECT unit_no, expiry FROM unit WHERE lot_no = ?1 AND serial = ?2
