INSERT INTO hold_event (hold, event, voided) VALUES (?1, ?2, ?3)
ON CONFLICT (hold, event) DO UPDATE SET voided = excluded.voided
