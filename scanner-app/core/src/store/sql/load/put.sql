INSERT INTO unit_loaded (sscc, training, vehicle, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (sscc, training) DO UPDATE SET vehicle = excluded.vehicle, at = excluded.at, delivered = 0
