UPDATE stock SET units = ?5 WHERE lot_key = ?1 AND unit_no = ?2 AND place_no = ?3 AND status = ?4
