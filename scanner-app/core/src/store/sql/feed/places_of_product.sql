SELECT place FROM stock_place WHERE product = ?1 ORDER BY place;
