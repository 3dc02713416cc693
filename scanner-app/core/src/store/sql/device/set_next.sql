INSERT INTO next_life (id, log, seed) VALUES (1, ?1, ?2);
