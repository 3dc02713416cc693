INSERT INTO patient_seal (event, tick, key, sealed) VALUES (?1, ?2, ?3, ?4)
