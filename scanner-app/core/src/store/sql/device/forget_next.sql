DELETE FROM next_life;
