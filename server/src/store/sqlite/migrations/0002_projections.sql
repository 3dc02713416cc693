-- What the records mean. Every table here follows from the records and the catalogue; `rebuild` makes them anew.

-- How far each log reaches without a hole, and beyond.
CREATE TABLE log_state (
    log_no    INTEGER PRIMARY KEY,
    head_seq  INTEGER NOT NULL,
    head_hash BLOB    NOT NULL,
    last      INTEGER NOT NULL,
    missing   INTEGER NOT NULL,
    forks     INTEGER NOT NULL
) STRICT;

-- Records whose predecessor has not come.
CREATE TABLE orphan (
    log_no INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    prev   BLOB    NOT NULL,
    PRIMARY KEY (log_no, seq, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE fork (
    log_no INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (log_no, seq)
) STRICT, WITHOUT ROWID;

-- The record that counts for each event id: the one with the smallest (tick, hash).
CREATE TABLE claim (
    event  BLOB    PRIMARY KEY,
    log_no INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    mark   INTEGER NOT NULL -- first eight bytes of its hash
) STRICT, WITHOUT ROWID;

-- Which counted events declare which event wrong.
CREATE TABLE void (
    target BLOB NOT NULL,
    event  BLOB NOT NULL,
    PRIMARY KEY (target, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    unit_no INTEGER PRIMARY KEY,
    lot_no  INTEGER NOT NULL,
    serial  TEXT    NOT NULL,
    expiry  INTEGER
) STRICT;
CREATE UNIQUE INDEX unit_by_lot ON unit (lot_no, serial);
CREATE INDEX unit_by_serial ON unit (serial) WHERE serial <> '';

-- One row a movement, stored in the order a trace reads them: one lot, unit by unit, oldest first.
CREATE TABLE event (
    lot_key    INTEGER NOT NULL,
    unit_no    INTEGER NOT NULL,
    tick       INTEGER NOT NULL,
    event      BLOB    NOT NULL,
    step       INTEGER NOT NULL,
    units      INTEGER NOT NULL,
    from_no    INTEGER,
    to_no      INTEGER NOT NULL,
    user_no    INTEGER NOT NULL,
    log_no     INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    entry      INTEGER NOT NULL,
    voided     INTEGER NOT NULL,
    expiry     INTEGER,
    order_no   TEXT,
    order_line INTEGER,
    supplier   TEXT,
    PRIMARY KEY (lot_key, unit_no, tick, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock (
    lot_key  INTEGER NOT NULL,
    unit_no  INTEGER NOT NULL,
    place_no INTEGER NOT NULL,
    status   INTEGER NOT NULL,
    units    INTEGER NOT NULL,
    PRIMARY KEY (lot_key, unit_no, place_no, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_by_place ON stock (place_no);

-- How far each order line has come, unit by unit.
CREATE TABLE progress (
    order_no TEXT    NOT NULL,
    line     INTEGER NOT NULL,
    unit_no  INTEGER NOT NULL,
    picked   INTEGER NOT NULL,
    shipped  INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (order_no, line, unit_no)
) STRICT, WITHOUT ROWID;

-- Identifiers of packaging levels that labels showed, with the base product they were booked as.
CREATE TABLE label (
    di      TEXT NOT NULL,
    product TEXT NOT NULL,
    PRIMARY KEY (di, product)
) STRICT, WITHOUT ROWID;

-- Counted events that set or lift a hold.
CREATE TABLE hold_event (
    hold   BLOB    NOT NULL,
    event  BLOB    NOT NULL,
    voided INTEGER NOT NULL,
    PRIMARY KEY (hold, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
    id   BLOB PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deviation (
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    found_at INTEGER NOT NULL,
    unit_no  INTEGER,
    event    BLOB,
    hold     BLOB,
    log_no   INTEGER,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX deviation_by_unit ON deviation (unit_no) WHERE unit_no IS NOT NULL;
CREATE INDEX deviation_by_event ON deviation (event) WHERE event IS NOT NULL;
CREATE INDEX deviation_by_hold ON deviation (hold) WHERE hold IS NOT NULL;
CREATE INDEX deviation_by_log ON deviation (log_no) WHERE log_no IS NOT NULL;
CREATE INDEX deviation_by_time ON deviation (found_at);
