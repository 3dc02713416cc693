DELETE FROM implant_card WHERE event = ?1;
