UPDATE log_state
SET head_seq = ?2, head_hash = ?3, last = ?4, missing = ?5, forks = ?6, records = ?7, sum = ?8
WHERE log_no = ?1
