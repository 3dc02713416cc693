UPDATE customer_order SET dirty = 1 WHERE no = ?1
