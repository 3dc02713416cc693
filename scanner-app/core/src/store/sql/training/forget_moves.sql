DELETE FROM local_move WHERE training = 1;
