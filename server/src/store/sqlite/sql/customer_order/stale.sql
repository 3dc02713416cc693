SELECT EXISTS (SELECT 1 FROM customer_order WHERE dirty = 1)
    OR EXISTS (SELECT 1 FROM customer_order WHERE fed = 1 AND done_at IS NOT NULL AND done_at <= ?1)
