-- Cards of implants that were recorded here, for the day. No patient stands in them.
CREATE TABLE implant_card (
    event    BLOB    PRIMARY KEY,
    day      TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    training INTEGER NOT NULL,
    body     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
