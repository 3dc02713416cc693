DELETE FROM local_move WHERE in_orders = 1 AND in_stock = 1;
