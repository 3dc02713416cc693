-- What came under the key of a device after it was revoked: proven, and no part of the log until a person takes it in.
-- Each record is kept with the signed head that proves it.
CREATE TABLE quarantine (
    log_no      INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    hash        BLOB    NOT NULL,
    event       BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    bytes       BLOB    NOT NULL,
    head_seq    INTEGER NOT NULL,
    head_hash   BLOB    NOT NULL,
    signature   BLOB    NOT NULL,
    -- Who would not take it in, when and why; it is kept all the same.
    rejected_by BLOB,
    rejected_at INTEGER,
    reason      TEXT,
    PRIMARY KEY (log_no, seq, hash)
) STRICT, WITHOUT ROWID;
