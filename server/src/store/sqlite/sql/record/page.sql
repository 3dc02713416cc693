SELECT seq, hash, bytes FROM record
WHERE log_no = ?1 AND (seq, hash) > (?2, ?3)
ORDER BY seq, hash
LIMIT ?4
