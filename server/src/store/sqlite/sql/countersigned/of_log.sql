SELECT countersigned.seq, countersigned.hash, countersigned.at, witness.id, countersigned.signature
FROM log
JOIN countersigned ON countersigned.log_no = log.log_no
JOIN log AS witness ON witness.log_no = countersigned.by_no
WHERE log.id = ?1
ORDER BY countersigned.seq, countersigned.hash, countersigned.at, witness.id
