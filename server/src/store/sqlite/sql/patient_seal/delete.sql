DELETE FROM patient_seal WHERE event = ?1
