SELECT EXISTS (SELECT 1 FROM orphan WHERE log_no = ?1 AND seq = ?2 + 1 AND prev = ?3)
