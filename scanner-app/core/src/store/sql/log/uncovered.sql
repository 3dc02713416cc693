SELECT record.rowid, record.bytes FROM record JOIN log ON log.log = record.log
WHERE record.log <> ?1 AND record.sent <> 3 AND record.seq > log.covered AND record.rowid > ?2
ORDER BY record.rowid LIMIT ?3;
