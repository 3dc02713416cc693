-- Verified backups, the newest last.
CREATE TABLE backup (
    made_at INTEGER PRIMARY KEY,
    file    TEXT    NOT NULL,
    sha256  BLOB    NOT NULL,
    bytes   INTEGER NOT NULL,
    records INTEGER NOT NULL
) STRICT;

-- How far a verified backup reaches into each log: only that may be forgotten by its device.
CREATE TABLE covered (
    log_no INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL
) STRICT;
