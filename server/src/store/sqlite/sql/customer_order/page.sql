SELECT body FROM customer_order
ORDER BY placed_at DESC, no DESC
LIMIT ?1 OFFSET ?2
