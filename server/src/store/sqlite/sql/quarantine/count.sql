SELECT count(*) FROM quarantine WHERE log_no = ?1
