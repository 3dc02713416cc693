DELETE FROM hold_event WHERE hold = ?1 AND event = ?2
