-- An order keeps a body of its own, because the feed lets go of it some time after it is done. `dirty`: something it
-- is made of changed since the body was worked out. `fed`: devices have it.
ALTER TABLE customer_order ADD COLUMN body TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN dirty INTEGER NOT NULL DEFAULT 1;
ALTER TABLE customer_order ADD COLUMN done_at INTEGER;
ALTER TABLE customer_order ADD COLUMN fed INTEGER NOT NULL DEFAULT 1;

UPDATE customer_order
SET body = coalesce((SELECT feed.body FROM feed WHERE feed.topic = 'orders' AND feed.key = customer_order.no), '');

CREATE INDEX customer_order_dirty ON customer_order (no) WHERE dirty = 1;
CREATE INDEX customer_order_open ON customer_order (placed_at, no) WHERE done_at IS NULL;
CREATE INDEX customer_order_leaving ON customer_order (done_at) WHERE fed = 1 AND done_at IS NOT NULL;
