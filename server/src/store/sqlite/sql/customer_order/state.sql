SELECT done_at, fed FROM customer_order WHERE no = ?1
