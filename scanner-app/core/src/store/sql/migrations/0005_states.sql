-- Movements know what they moved, in what state they took it and left it, and in which logistic unit. Rows from before
-- have the usual states of their step.
ALTER TABLE local_move ADD COLUMN product TEXT;
ALTER TABLE local_move ADD COLUMN took TEXT;
ALTER TABLE local_move ADD COLUMN became TEXT;
ALTER TABLE local_move ADD COLUMN sscc TEXT;
CREATE INDEX local_move_source ON local_move (source) WHERE source IS NOT NULL;
CREATE INDEX local_move_target ON local_move (target);
-- A movement is forgotten when both the orders and the stock that were fetched after its acknowledgement show it.
ALTER TABLE local_move ADD COLUMN in_orders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE local_move ADD COLUMN in_stock INTEGER NOT NULL DEFAULT 0;

-- Where the book has goods of a product.
CREATE TABLE stock_place (
    place   TEXT NOT NULL,
    product TEXT NOT NULL,
    PRIMARY KEY (place, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_place_product ON stock_place (product);
