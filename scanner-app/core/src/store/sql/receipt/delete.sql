DELETE FROM receipt WHERE event_id = ?1;
