SELECT coalesce(sum(records), 0), coalesce(sum(all_bytes), 0) FROM quarantine_kept
