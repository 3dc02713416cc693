UPDATE local_move SET in_orders = 1
WHERE event_id IN (SELECT event_id FROM record WHERE sent = 1);
