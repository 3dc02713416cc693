-- Series of numbers for logistic units that this device alone makes, and the next number of each. A number is taken in the
-- transaction that keeps the unit, and never given back.
CREATE TABLE unit_series (
    prefix TEXT    NOT NULL,
    no     INTEGER NOT NULL,
    next   INTEGER NOT NULL,
    PRIMARY KEY (prefix, no)
) STRICT, WITHOUT ROWID;

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
