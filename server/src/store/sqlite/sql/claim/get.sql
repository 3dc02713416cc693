SELECT log_no, seq, mark FROM claim WHERE event = ?1
