DELETE FROM enrolment_code WHERE device IS NULL
