-- A key that the machine holds has its public half here and no seed; one that was not needed yet has neither.
CREATE TABLE device_3 (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    log     BLOB NOT NULL,
    seed    BLOB,
    public  BLOB,
    device  BLOB,
    token   TEXT,
    region  TEXT,
    server  TEXT,
    name    TEXT,
    -- Device clock minus server clock as last measured, milliseconds.
    skew    INTEGER,
    CHECK (seed IS NULL OR public IS NULL)
) STRICT;
INSERT INTO device_3 (id, log, seed, device, token, region, server, name, skew)
SELECT id, log, seed, device, token, region, server, name, skew FROM device;
DROP TABLE device;
ALTER TABLE device_3 RENAME TO device;

CREATE TABLE next_life_3 (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    log     BLOB NOT NULL,
    seed    BLOB,
    public  BLOB,
    CHECK ((seed IS NULL) <> (public IS NULL))
) STRICT;
INSERT INTO next_life_3 (id, log, seed) SELECT id, log, seed FROM next_life;
DROP TABLE next_life;
ALTER TABLE next_life_3 RENAME TO next_life;
