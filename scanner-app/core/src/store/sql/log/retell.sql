UPDATE record SET sent = 3
WHERE log <> ?1 AND sent <> 3 AND seq > (SELECT covered FROM log WHERE log.log = record.log);
