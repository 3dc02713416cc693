-- Movements done for practice: no record tells of them, and they are forgotten when the practice ends.
ALTER TABLE local_move ADD COLUMN training INTEGER NOT NULL DEFAULT 0;
