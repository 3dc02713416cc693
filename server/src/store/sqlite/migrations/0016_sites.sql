-- Who writes a log: a device, or a server. A device's log may come by another server, where no device row is.
ALTER TABLE log ADD COLUMN by_device INTEGER NOT NULL DEFAULT 0;
UPDATE log SET by_device = 1 WHERE log_no IN (SELECT log_no FROM device);

-- How many records each log has and the sum of their marks: equal when two servers hold the same.
ALTER TABLE log_state ADD COLUMN records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log_state ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;

-- How far a verified backup of the central server reaches into each log. A site's own backup is not enough.
CREATE TABLE central_covered (
    log_no INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL
) STRICT;

-- Reference data as servers exchange it. The rows themselves stand elsewhere; here is which version each has, and which
-- one the central server is known to have. Every change moves a row to the end.
CREATE TABLE shared_row (
    kind       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    rev        INTEGER NOT NULL UNIQUE,
    version    BLOB    NOT NULL,
    base       BLOB,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- Rows that were changed in two places while the servers did not reach each other.
CREATE TABLE conflict (
    id       TEXT    PRIMARY KEY,
    found_at INTEGER NOT NULL,
    open     INTEGER NOT NULL,
    body     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_by_time ON conflict (open, found_at);

-- Servers of sites that exchange with this one.
CREATE TABLE site (
    id           BLOB    PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,
    code         BLOB    NOT NULL UNIQUE,
    code_until   INTEGER NOT NULL,
    log          BLOB,
    joined_at    INTEGER,
    revoked_at   INTEGER,
    seen_at      INTEGER,
    clock_offset INTEGER,
    behind       INTEGER
) STRICT, WITHOUT ROWID;
