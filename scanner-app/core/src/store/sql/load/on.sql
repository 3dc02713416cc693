SELECT sscc, delivered FROM unit_loaded WHERE vehicle = ?1 ORDER BY at, sscc
