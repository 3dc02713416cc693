UPDATE unit SET expiry = ?2 WHERE unit_no = ?1
