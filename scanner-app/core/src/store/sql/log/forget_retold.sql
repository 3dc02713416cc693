DELETE FROM record WHERE sent = 3 AND at < ?1;
