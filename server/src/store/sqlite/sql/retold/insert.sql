INSERT INTO retold (event, log_no) VALUES (?1, ?2) ON CONFLICT (event, log_no) DO NOTHING
