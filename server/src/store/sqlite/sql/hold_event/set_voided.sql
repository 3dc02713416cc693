UPDATE hold_event SET voided = ?3 WHERE hold = ?1 AND event = ?2
