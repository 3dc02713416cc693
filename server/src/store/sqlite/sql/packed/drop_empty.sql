DELETE FROM packed
WHERE order_no = ?1 AND line = ?2 AND unit_no = ?3 AND sscc = ?4 AND packed = 0 AND shipped = 0 AND accepted = 0
