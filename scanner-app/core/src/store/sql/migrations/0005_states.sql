-- Movements know what they moved, in what state they took it and left it, and in which logistic unit. Rows from before
-- have the usual states of their step.
ALTER TABLE local_move ADD COLUMN product TEXT;
ALTER TABLE local_move ADD COLUMN took TEXT;
ALTER TABLE local_move ADD COLUMN became TEXT;
ALTER TABLE local_move ADD COLUMN sscc TEXT;
CREATE INDEX local_move_source ON local_move (source) WHERE source IS NOT NULL;
CREATE INDEX local_move_target ON local_move (target);
