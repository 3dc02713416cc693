SELECT DISTINCT text.key, lot.product, unit.serial
FROM json_each(:texts) AS text
CROSS JOIN unit INDEXED BY unit_by_serial ON unit.serial = text.value AND unit.serial <> ''
JOIN lot USING (lot_no)
WHERE :products IS NULL OR lot.product IN (SELECT value FROM json_each(:products))
ORDER BY text.key, lot.product
LIMIT :max
