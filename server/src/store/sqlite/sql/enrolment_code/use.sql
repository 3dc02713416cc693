UPDATE enrolment_code SET device = ?2 WHERE hash = ?1
