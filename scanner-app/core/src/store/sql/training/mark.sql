UPDATE local_move SET training = 1 WHERE event_id = ?1;
