SELECT no, event, tick, key, sealed FROM patient_seal WHERE no > ?1 ORDER BY no LIMIT ?2
