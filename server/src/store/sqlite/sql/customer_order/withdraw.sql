UPDATE customer_order SET fed = 0 WHERE no = ?1
