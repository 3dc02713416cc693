-- Which keys devices sealed to. The keys themselves are files.
CREATE TABLE epoch (
    no           INTEGER PRIMARY KEY,
    key          BLOB    NOT NULL UNIQUE,
    public       BLOB    NOT NULL,
    made_at      INTEGER NOT NULL,
    closed_at    INTEGER,
    destroyed_at INTEGER
) STRICT;

-- Whom a token stands for, under a key of that patient alone. Erasing the key erases the person.
CREATE TABLE person (
    token     BLOB    PRIMARY KEY,
    locked    BLOB    NOT NULL,
    erased_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE person_key (
    token BLOB PRIMARY KEY,
    key   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was erased, by another HMAC than the token's: what comes later of them is not kept either.
CREATE TABLE tombstone (
    mark BLOB    PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of each seal. One without token did not open, for the reason that stands there.
CREATE TABLE link (
    event  BLOB    NOT NULL,
    seal   BLOB    NOT NULL,
    no     INTEGER NOT NULL,
    token  BLOB,
    fault  TEXT,
    posted INTEGER NOT NULL,
    PRIMARY KEY (event, seal)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_to_post ON link (no) WHERE posted = 0 AND token IS NOT NULL;
CREATE INDEX link_by_fault ON link (fault) WHERE fault IS NOT NULL;

CREATE TABLE account (
    login         TEXT    PRIMARY KEY,
    name          TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    may           TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    active        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what with a patient's identity. Each row has the hash of the one before: none is changed or taken out unseen.
CREATE TABLE access (
    no      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    login   TEXT    NOT NULL,
    unit    TEXT    NOT NULL,
    deed    TEXT    NOT NULL,
    token   BLOB,
    purpose TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    before  BLOB    NOT NULL,
    hash    BLOB    NOT NULL
) STRICT;
CREATE INDEX access_by_token ON access (token, no);
CREATE TRIGGER access_is_not_changed BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
CREATE TRIGGER access_is_not_deleted BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
