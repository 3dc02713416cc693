INSERT INTO next_life (id, log, seed, public) VALUES (1, ?1, ?2, ?3);
