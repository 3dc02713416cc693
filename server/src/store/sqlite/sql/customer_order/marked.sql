SELECT no FROM customer_order WHERE dirty = 1
