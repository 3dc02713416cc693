INSERT INTO device (id, log, seed) VALUES (1, ?1, ?2)
ON CONFLICT (id) DO UPDATE SET log = excluded.log, seed = excluded.seed, device = NULL, token = NULL;
