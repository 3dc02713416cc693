INSERT INTO deviation (kind, subject, body, found_at, unit_no, event, hold, log_no)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (kind, subject) DO UPDATE SET body = excluded.body
