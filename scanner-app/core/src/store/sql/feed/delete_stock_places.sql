DELETE FROM stock_place WHERE place = ?1;
