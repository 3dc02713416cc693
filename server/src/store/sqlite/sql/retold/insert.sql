INSERT INTO retold (event, log_no, target) VALUES (?1, ?2, ?3) ON CONFLICT (event, log_no, target) DO NOTHING
