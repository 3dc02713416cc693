DELETE FROM implant_card WHERE training = 1;
