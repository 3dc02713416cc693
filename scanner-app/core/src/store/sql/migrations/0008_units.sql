-- Series of numbers for logistic units that this device alone makes, and the next number of each. A number is taken in the
-- transaction that keeps the unit, and never given back.
CREATE TABLE unit_series (
    prefix TEXT    NOT NULL,
    no     INTEGER NOT NULL,
    next   INTEGER NOT NULL,
    PRIMARY KEY (prefix, no)
) STRICT, WITHOUT ROWID;
