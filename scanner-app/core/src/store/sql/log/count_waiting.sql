SELECT count(*) FROM record WHERE sent = 0;
