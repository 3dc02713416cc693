SELECT sscc FROM receipt WHERE delivery = ?1;
