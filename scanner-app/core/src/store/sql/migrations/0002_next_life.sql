-- The key and the log that a device showed to the server as its next ones, until the server's answer has come.
CREATE TABLE next_life (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    log  BLOB NOT NULL,
    seed BLOB NOT NULL
) STRICT;
