SELECT body FROM customer_order WHERE dirty = 1 ORDER BY no LIMIT ?1
