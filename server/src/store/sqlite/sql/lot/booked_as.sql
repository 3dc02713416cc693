SELECT text.key, lot.product, lot.lot
FROM json_each(:texts) AS text
CROSS JOIN lot INDEXED BY lot_by_lot ON lot.lot = text.value AND lot.lot <> ''
WHERE :products IS NULL OR lot.product IN (SELECT value FROM json_each(:products))
ORDER BY text.key, lot.product
LIMIT :max
