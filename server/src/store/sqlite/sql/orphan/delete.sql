DELETE FROM orphan WHERE log_no = ?1 AND seq = ?2 AND prev = ?3
