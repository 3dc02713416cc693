-- The newest signed head is the one with the highest place.
SELECT log.log_no, log.id, log.key, state.head_seq, state.head_hash, state.last, state.missing, state.forks,
       head.seq, head.hash, state.records, state.sum
FROM log
JOIN log_state AS state USING (log_no)
LEFT JOIN signed_head AS head
    ON head.log_no = log.log_no
    AND head.hash = (
        SELECT newest.hash FROM signed_head AS newest
        WHERE newest.log_no = log.log_no ORDER BY newest.seq DESC, newest.hash LIMIT 1
    )
ORDER BY log.log_no
