SELECT log, seed, public FROM next_life WHERE id = 1;
