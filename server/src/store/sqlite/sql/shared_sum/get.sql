SELECT count, sum FROM shared_sum
