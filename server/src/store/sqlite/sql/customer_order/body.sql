SELECT body FROM customer_order WHERE no = ?1
