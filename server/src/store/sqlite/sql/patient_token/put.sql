INSERT INTO patient_token (no, token) SELECT no, ?3 FROM patient_seal WHERE no = ?1 AND event = ?2
ON CONFLICT (no) DO UPDATE SET token = excluded.token
