DELETE FROM alert WHERE code = ?1;
