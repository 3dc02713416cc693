SELECT lot_no FROM lot WHERE lot_key = ?1 AND product = ?2 AND lot = ?3
