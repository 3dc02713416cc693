SELECT records, bytes, all_bytes FROM quarantine_kept WHERE log_no = ?1
