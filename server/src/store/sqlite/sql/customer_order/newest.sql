SELECT feed.body
FROM customer_order
JOIN feed ON feed.topic = 'orders' AND feed.key = customer_order.no
ORDER BY customer_order.placed_at DESC, customer_order.no DESC
