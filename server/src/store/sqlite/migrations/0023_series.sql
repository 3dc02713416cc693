-- Series of numbers for logistic units that were handed out, each to one log, in which life of this database, and when.
-- They are never handed out again, so rows are never deleted.
CREATE TABLE series (
    prefix TEXT    NOT NULL,
    no     INTEGER NOT NULL,
    log    BLOB    NOT NULL,
    life   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (prefix, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_by_log ON series (log, prefix, no);
