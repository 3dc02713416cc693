INSERT INTO unit_loaded (sscc, vehicle, at) VALUES (?1, ?2, ?3)
ON CONFLICT (sscc) DO UPDATE SET vehicle = excluded.vehicle, at = excluded.at, delivered = 0
