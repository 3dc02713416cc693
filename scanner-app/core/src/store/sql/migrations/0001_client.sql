-- The device as the server knows it, and the key and log of its present life.
CREATE TABLE device (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    log     BLOB NOT NULL,
    seed    BLOB NOT NULL,
    device  BLOB,
    token   TEXT,
    region  TEXT,
    server  TEXT,
    name    TEXT,
    -- Device clock minus server clock as last measured, milliseconds.
    skew    INTEGER
) STRICT;

-- One row per life of this device. The tail stands here too, so that records may be forgotten one day.
CREATE TABLE log (
    log     BLOB PRIMARY KEY,
    seq     INTEGER NOT NULL,
    hash    BLOB NOT NULL,
    tick    INTEGER NOT NULL,
    -- Highest head the server told, to notice a server that was restored.
    peer    INTEGER NOT NULL DEFAULT 0,
    covered INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- sent: 0 = waits, 1 = acknowledged, 2 = refused by the server, 3 = told again in a later log.
CREATE TABLE record (
    log      BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    event_id BLOB NOT NULL,
    at       INTEGER NOT NULL,
    sent     INTEGER NOT NULL DEFAULT 0,
    bytes    BLOB NOT NULL,
    UNIQUE (log, seq)
) STRICT;
CREATE INDEX record_event ON record (event_id);
CREATE INDEX record_waiting ON record (log, seq) WHERE sent = 0;

-- What this device's own records change, as long as the server's reference data does not show it yet.
-- sign: 1 = it happened, -1 = it was taken back.
CREATE TABLE local_move (
    event_id BLOB PRIMARY KEY,
    sign     INTEGER NOT NULL,
    step     TEXT NOT NULL,
    article  TEXT,
    order_no TEXT,
    line     INTEGER,
    source   TEXT,
    target   TEXT NOT NULL,
    lot      TEXT,
    serial   TEXT,
    expiry   TEXT,
    units    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX local_move_order ON local_move (order_no) WHERE order_no IS NOT NULL;
CREATE INDEX local_move_article ON local_move (article) WHERE article IS NOT NULL;

CREATE TABLE feed (
    topic    TEXT PRIMARY KEY,
    cursor   INTEGER NOT NULL DEFAULT 0,
    count    INTEGER NOT NULL DEFAULT 0,
    sum      INTEGER NOT NULL DEFAULT 0,
    -- When the topic was last known to equal the server's, device clock.
    equal_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_row (
    topic TEXT NOT NULL,
    key   TEXT NOT NULL,
    rev   INTEGER NOT NULL,
    -- Which fetching anew wrote the row last; rows it did not bring are gone.
    round INTEGER NOT NULL DEFAULT 0,
    body  TEXT NOT NULL,
    PRIMARY KEY (topic, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE packaging (
    di      TEXT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (di, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX packaging_article ON packaging (article);

CREATE TABLE hold_di (
    di   TEXT NOT NULL,
    hold TEXT NOT NULL,
    PRIMARY KEY (di, hold)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_di_hold ON hold_di (hold);

CREATE TABLE session (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    user    TEXT NOT NULL,
    access  TEXT NOT NULL,
    refresh TEXT NOT NULL,
    until   INTEGER NOT NULL
) STRICT;

CREATE TABLE task (
    key     TEXT PRIMARY KEY,
    current INTEGER NOT NULL DEFAULT 0,
    state   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    code   TEXT NOT NULL,
    detail TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (code, detail)
) STRICT, WITHOUT ROWID;
