SELECT no FROM customer_order ORDER BY no
