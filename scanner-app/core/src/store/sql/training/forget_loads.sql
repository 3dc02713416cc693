DELETE FROM unit_loaded WHERE training = 1;
