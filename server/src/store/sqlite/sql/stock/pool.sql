-- All of a product that stands at a place in one state, whatever its lot.
SELECT place_code.code, sum(stock.units)
FROM lot
JOIN unit USING (lot_no)
JOIN stock ON stock.lot_key = lot.lot_key AND stock.unit_no = unit.unit_no
JOIN place_code USING (place_no)
WHERE lot.product = ?1 AND stock.status = ?2
GROUP BY stock.place_no
