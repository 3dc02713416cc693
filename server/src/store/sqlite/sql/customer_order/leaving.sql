SELECT no FROM customer_order WHERE fed = 1 AND done_at IS NOT NULL AND done_at <= ?1 LIMIT ?2
