INSERT INTO series (prefix, no, log, life, at) VALUES (?1, ?2, ?3, ?4, ?5)
