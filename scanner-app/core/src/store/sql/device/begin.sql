INSERT INTO device (id, log, seed, public) VALUES (1, ?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET
    log = excluded.log, seed = excluded.seed, public = excluded.public, device = NULL, token = NULL;
