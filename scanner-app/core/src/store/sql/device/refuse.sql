UPDATE device SET token = NULL WHERE id = 1;
