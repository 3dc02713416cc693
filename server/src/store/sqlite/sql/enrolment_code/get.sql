SELECT expires_at, device FROM enrolment_code WHERE hash = ?1
