INSERT INTO enrolment_code (hash, created_by, expires_at) VALUES (?1, ?2, ?3)
