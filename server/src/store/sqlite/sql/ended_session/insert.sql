INSERT INTO ended_session (id, until) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING
