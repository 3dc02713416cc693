DELETE FROM void WHERE target = ?1 AND event = ?2
