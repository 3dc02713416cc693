-- The latest search for each hold.
SELECT max(tick), body FROM telling WHERE place_no = ?1 AND kind = 'search' AND voided = 0 GROUP BY about
