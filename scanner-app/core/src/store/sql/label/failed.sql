UPDATE unit_label SET problem = ?2 WHERE sscc = ?1
