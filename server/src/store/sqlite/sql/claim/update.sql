UPDATE claim SET log_no = ?2, seq = ?3, mark = ?4 WHERE event = ?1
