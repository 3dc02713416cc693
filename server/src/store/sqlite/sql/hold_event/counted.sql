SELECT event FROM hold_event WHERE hold = ?1 AND voided = 0
