SELECT log, seed FROM next_life WHERE id = 1;
