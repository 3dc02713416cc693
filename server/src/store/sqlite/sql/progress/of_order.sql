SELECT line, sum(picked), sum(shipped), sum(accepted) FROM progress WHERE order_no = ?1 GROUP BY line
