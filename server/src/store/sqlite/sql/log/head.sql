SELECT log_state.head_seq, log_state.head_hash FROM log JOIN log_state USING (log_no) WHERE log.id = ?1
