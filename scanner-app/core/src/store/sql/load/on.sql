SELECT sscc, delivered FROM unit_loaded WHERE vehicle = ?1 AND training = ?2 ORDER BY at, sscc
