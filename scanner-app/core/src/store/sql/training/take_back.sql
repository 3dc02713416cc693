DELETE FROM local_move WHERE event_id = ?1 AND training = 1;
