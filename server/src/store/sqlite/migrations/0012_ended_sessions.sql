-- Sessions that somebody ended before their tokens ran out, kept until no token of theirs can be valid any more.
CREATE TABLE ended_session (
    id    BLOB    PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ended_session_by_end ON ended_session (until);
