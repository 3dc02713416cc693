SELECT count(*) FROM fork WHERE log_no = ?1
