SELECT bytes FROM quarantine WHERE event = ?1 AND rejected_at IS NOT NULL
