SELECT body FROM customer_order WHERE done_at IS NULL
