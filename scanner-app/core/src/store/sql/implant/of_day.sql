SELECT body FROM implant_card WHERE day = ?1 AND training = ?2 ORDER BY at DESC, event DESC LIMIT 200;
