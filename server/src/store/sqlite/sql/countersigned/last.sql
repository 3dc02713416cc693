SELECT countersigned.seq, countersigned.hash, countersigned.at, witness.id, countersigned.signature
FROM log
JOIN countersigned ON countersigned.log_no = log.log_no
JOIN log AS witness ON witness.log_no = countersigned.by_no
WHERE log.id = ?1 AND witness.id = ?2
-- The server's clock may have gone back: what reaches farthest is the newest, and its first time the one that was told.
ORDER BY countersigned.seq DESC, countersigned.at
LIMIT 1
