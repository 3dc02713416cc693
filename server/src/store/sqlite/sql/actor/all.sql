SELECT user_no, id FROM actor
