-- Labels of logistic units that were packed here, until they are printed, and a while longer to print them again.
CREATE TABLE unit_label (
    sscc    TEXT    PRIMARY KEY,
    body    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    printed INTEGER NOT NULL DEFAULT 0,
    problem TEXT
) STRICT, WITHOUT ROWID;

-- Logistic units that were scanned onto a vehicle here, and whether they were delivered.
CREATE TABLE unit_loaded (
    sscc      TEXT    NOT NULL,
    training  INTEGER NOT NULL,
    vehicle   TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sscc, training)
) STRICT, WITHOUT ROWID;

-- A number that is another whenever the movements of this device are: what was read of them before is then forgotten.
CREATE TABLE local_change (
    n INTEGER NOT NULL
) STRICT;
INSERT INTO local_change (n) VALUES (0);
CREATE TRIGGER local_move_told AFTER INSERT ON local_move BEGIN UPDATE local_change SET n = n + 1; END;
CREATE TRIGGER local_move_changed AFTER UPDATE ON local_move BEGIN UPDATE local_change SET n = n + 1; END;
CREATE TRIGGER local_move_gone AFTER DELETE ON local_move BEGIN UPDATE local_change SET n = n + 1; END;
