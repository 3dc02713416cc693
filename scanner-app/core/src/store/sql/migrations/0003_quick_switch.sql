-- People who switch to themselves on this device by a PIN. Neither PIN nor badge stands here, only what they hash to.
CREATE TABLE quick_user (
    user        TEXT PRIMARY KEY,
    -- Argon2id with its salt and parameters, as a PHC string.
    pin         TEXT NOT NULL,
    -- Argon2id under the salt of this device.
    badge       BLOB UNIQUE,
    -- When the person last signed in here by password, device clock.
    password_at INTEGER NOT NULL,
    -- Wrong tries in a row, and when the last try was made.
    wrong       INTEGER NOT NULL DEFAULT 0,
    tried_at    INTEGER
) STRICT, WITHOUT ROWID;

-- A session that a PIN began has no tokens. One that a password began knows when: it lasted 12 hours from then.
CREATE TABLE session_of (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    user        TEXT NOT NULL,
    until       INTEGER NOT NULL,
    password_at INTEGER,
    access      TEXT,
    refresh     TEXT
) STRICT;
INSERT INTO session_of (id, user, until, password_at, access, refresh)
SELECT id, user, until, until - 43200000, access, refresh FROM session;
DROP TABLE session;
ALTER TABLE session_of RENAME TO session;
