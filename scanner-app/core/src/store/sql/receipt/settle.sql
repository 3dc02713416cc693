-- What the server knows, of deliveries that are told no more.
DELETE FROM receipt
WHERE event_id IN (SELECT event_id FROM record WHERE sent = 1)
    AND NOT EXISTS (SELECT 1 FROM feed_row WHERE topic = 'deliveries' AND key = receipt.delivery);
