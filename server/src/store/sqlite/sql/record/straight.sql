-- The last place above a sole record up to which each place holds one record, which follows the one below: where nothing
-- forks and no record lacks the one before it, nothing else is possible.
SELECT seq, hash FROM record
WHERE log_no = ?1 AND seq > ?2 AND seq < min(
    coalesce((SELECT min(seq) FROM fork WHERE log_no = ?1 AND seq > ?2), 9223372036854775807),
    coalesce((SELECT min(seq) FROM orphan WHERE log_no = ?1 AND seq > ?2), 9223372036854775807)
)
ORDER BY seq DESC
LIMIT 1
