INSERT OR REPLACE INTO shared_sum (one, count, sum) VALUES (1, ?1, ?2)
