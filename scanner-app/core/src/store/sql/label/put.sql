INSERT INTO unit_label (sscc, body, at) VALUES (?1, ?2, ?3)
ON CONFLICT (sscc) DO UPDATE SET body = excluded.body, printed = 0, problem = NULL
