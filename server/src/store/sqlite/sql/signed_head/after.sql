SELECT signed_head.seq, signed_head.hash, signed_head.signature
FROM log JOIN signed_head USING (log_no)
WHERE log.id = ?1 AND (signed_head.seq, signed_head.hash) > (?2, ?3)
ORDER BY signed_head.seq, signed_head.hash
LIMIT ?4
