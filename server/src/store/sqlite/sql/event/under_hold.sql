-- Steps 3 to 5: picking, shipping, accepting. A hold with a lot may meet goods without one, and lots that differ in
-- letter case only.
WITH product (product) AS (
    SELECT ?1
    UNION
    SELECT label.product FROM label WHERE label.di = ?1
)
SELECT event.event
FROM product
JOIN lot ON lot.product = product.product AND (?2 IS NULL OR lot.lot = '' OR lot.lot = ?2 COLLATE NOCASE)
JOIN unit ON unit.lot_no = lot.lot_no
JOIN event ON event.lot_key = lot.lot_key AND event.unit_no = unit.unit_no
WHERE event.voided = 0 AND event.step >= 3 AND event.tick >= ?3 AND event.tick < ?4
