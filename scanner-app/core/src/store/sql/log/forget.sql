DELETE FROM record
WHERE sent = 1 AND at < ?2 AND log = ?1
  AND seq <= (SELECT covered FROM log WHERE log = ?1)
  AND event_id NOT IN (SELECT event_id FROM local_move);
