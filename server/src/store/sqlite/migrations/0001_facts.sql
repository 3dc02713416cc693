-- What nothing else can replace: records, signatures, people, devices, reference data.

CREATE TABLE log (
    log_no INTEGER PRIMARY KEY,
    id     BLOB NOT NULL UNIQUE,
    key    BLOB NOT NULL,
    name   TEXT NOT NULL
) STRICT;

-- The log itself: a set of records identified by hash. Two hashes at one place are a fork, and both stay.
CREATE TABLE record (
    log_no      INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    hash        BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    bytes       BLOB    NOT NULL,
    PRIMARY KEY (log_no, seq, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE signed_head (
    log_no    INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    signature BLOB    NOT NULL,
    PRIMARY KEY (log_no, seq, hash)
) STRICT, WITHOUT ROWID;

-- Dictionaries: short numbers for long names, never reused.
CREATE TABLE place_code (
    place_no INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE actor (
    user_no INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE
) STRICT;

-- lot_key is the first eight bytes of SHA-256(product, GS, lot); it leads the trace tables. Two lots may share it.
CREATE TABLE lot (
    lot_no  INTEGER PRIMARY KEY,
    lot_key INTEGER NOT NULL,
    product TEXT    NOT NULL,
    lot     TEXT    NOT NULL,
    UNIQUE (lot_key, product, lot)
) STRICT;
CREATE INDEX lot_by_product ON lot (product, lot);
CREATE INDEX lot_by_lot ON lot (lot) WHERE lot <> '';

-- Reference data as devices see it. A gone row keeps its place with no body. The body is the row itself: articles,
-- places, people and orders have no second copy.
CREATE TABLE topic (
    topic TEXT PRIMARY KEY,
    rev   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sum   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    topic TEXT    NOT NULL,
    key   TEXT    NOT NULL,
    rev   INTEGER NOT NULL,
    body  TEXT,
    PRIMARY KEY (topic, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX feed_by_rev ON feed (topic, rev);

CREATE TABLE packaging (
    di    TEXT    PRIMARY KEY,
    no    TEXT    NOT NULL,
    units INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX packaging_by_article ON packaging (no);

CREATE TABLE article (
    no   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX article_by_name ON article (name, no);

CREATE TABLE customer_order (
    no        TEXT    PRIMARY KEY,
    placed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_order_by_time ON customer_order (placed_at, no);

CREATE TABLE account (
    id            BLOB    PRIMARY KEY,
    login         TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    active        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refresh_token (
    hash       BLOB    PRIMARY KEY,
    user_id    BLOB    NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_expiry ON refresh_token (expires_at);

CREATE TABLE device (
    id           BLOB    PRIMARY KEY,
    name         TEXT    NOT NULL,
    log_no       INTEGER NOT NULL UNIQUE REFERENCES log (log_no),
    revoked_at   INTEGER,
    enrolled_at  INTEGER NOT NULL,
    seen_at      INTEGER,
    clock_offset INTEGER,
    holds        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment_code (
    hash       BLOB    PRIMARY KEY,
    created_by BLOB    NOT NULL,
    expires_at INTEGER NOT NULL,
    device     BLOB REFERENCES device (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
