INSERT INTO claim (event, log_no, seq, mark) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (event) DO NOTHING
