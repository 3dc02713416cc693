DELETE FROM implant_card WHERE day <> ?1;
