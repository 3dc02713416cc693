SELECT bytes FROM record WHERE event_id = ?1 ORDER BY at DESC LIMIT 1;
