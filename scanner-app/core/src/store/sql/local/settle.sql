DELETE FROM local_move
WHERE event_id IN (SELECT event_id FROM record WHERE sent = 1);
