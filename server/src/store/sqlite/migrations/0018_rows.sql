-- Versions that rows had before, with the time each was made: whoever has one of them has an older row, whatever the clocks say.
CREATE TABLE row_past (
    kind       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    version    BLOB    NOT NULL,
    changed_at INTEGER NOT NULL,
    rev        INTEGER NOT NULL,
    PRIMARY KEY (kind, key, version, changed_at)
) STRICT, WITHOUT ROWID;

-- Conflicts of accounts are for administrators, the others for who plans.
ALTER TABLE conflict ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
UPDATE conflict SET people = 1 WHERE body ->> '$.kind' = 'account';
DROP INDEX conflict_by_time;
CREATE INDEX conflict_by_time ON conflict (people, open, found_at);

-- Number of rows and wrapping sum of the marks of their versions: equal when two servers hold the same. Filled by the program.
CREATE TABLE shared_sum (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    count INTEGER NOT NULL,
    sum   INTEGER NOT NULL
) STRICT;
