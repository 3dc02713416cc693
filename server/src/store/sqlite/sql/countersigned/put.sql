INSERT INTO countersigned (log_no, by_no, day, seq, hash, at, signature)
SELECT seen.log_no, witness.log_no, ?3, ?4, ?5, ?6, ?7
FROM log AS seen, log AS witness
WHERE seen.id = ?1 AND witness.id = ?2
ON CONFLICT (log_no, by_no, day) DO UPDATE
SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, signature = excluded.signature
WHERE excluded.seq >= countersigned.seq
