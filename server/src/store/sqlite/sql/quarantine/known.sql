SELECT EXISTS (SELECT 1 FROM record WHERE log_no = ?1 AND seq = ?2 AND hash = ?3)
    OR EXISTS (SELECT 1 FROM quarantine WHERE log_no = ?1 AND seq = ?2 AND hash = ?3)
