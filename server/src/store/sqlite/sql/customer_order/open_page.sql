SELECT body FROM customer_order
WHERE done_at IS NULL
ORDER BY placed_at DESC, no DESC
LIMIT ?1 OFFSET ?2
