-- The identifier leads: put as a join, SQLite reads every hold of the region for each scan.
SELECT body FROM feed_row
WHERE topic = 'holds' AND key IN (SELECT hold FROM hold_di WHERE di IN (?1, ?2));
