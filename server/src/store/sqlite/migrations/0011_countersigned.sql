-- Heads that another writer signed for with the time: the last of each day, by this server's clock.
CREATE TABLE countersigned (
    log_no    INTEGER NOT NULL,
    by_no     INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    signature BLOB    NOT NULL,
    PRIMARY KEY (log_no, by_no, day)
) STRICT, WITHOUT ROWID;
