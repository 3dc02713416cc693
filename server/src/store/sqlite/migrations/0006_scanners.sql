-- How scanners wrote, as records tell it, and which of them each movement was captured with.
CREATE TABLE scanner (
    scanner_no INTEGER PRIMARY KEY,
    profile    TEXT NOT NULL UNIQUE
) STRICT;
ALTER TABLE event ADD COLUMN scanner_no INTEGER;
