SELECT seq FROM fork WHERE log_no = ?1 ORDER BY seq LIMIT ?2
