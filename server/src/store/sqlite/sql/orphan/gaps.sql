-- For each orphan: the highest place below it that is held (0 = none), and its own.
SELECT DISTINCT
    coalesce((SELECT max(record.seq) FROM record WHERE record.log_no = ?1 AND record.seq < orphan.seq), 0),
    orphan.seq
FROM orphan
WHERE orphan.log_no = ?1
ORDER BY orphan.seq
