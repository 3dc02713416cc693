SELECT log.id, log.key, log.name, state.head_seq, state.head_hash, state.last, state.missing, state.forks,
       (SELECT coalesce(max(seq), 0) FROM signed_head WHERE signed_head.log_no = log.log_no)
FROM log
JOIN log_state AS state USING (log_no)
ORDER BY log.log_no
