-- For each of the lowest orphans: the highest place below it that is held (0 = none), and its own.
SELECT
    coalesce((SELECT max(record.seq) FROM record WHERE record.log_no = ?1 AND record.seq < orphan.seq), 0),
    orphan.seq
FROM (SELECT DISTINCT seq FROM orphan WHERE log_no = ?1 ORDER BY seq LIMIT ?2) AS orphan
ORDER BY orphan.seq
