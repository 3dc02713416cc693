-- In what state a movement left the goods, when that is not the usual one of its step; what else it tells (JSON), and
-- the logistic unit it was done in.
ALTER TABLE event ADD COLUMN became INTEGER;
ALTER TABLE event ADD COLUMN told TEXT;
ALTER TABLE event ADD COLUMN sscc TEXT;

-- What stands below zero is looked for at every start, and is little.
CREATE INDEX stock_below ON stock (unit_no) WHERE units < 0;

-- Counts, differences, checks, searches and their like: they move no goods.
CREATE TABLE telling (
    event    BLOB    PRIMARY KEY,
    kind     TEXT    NOT NULL,
    tick     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    user_no  INTEGER NOT NULL,
    log_no   INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    place_no INTEGER,
    about    BLOB,
    voided   INTEGER NOT NULL,
    body     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_by_kind ON telling (kind, tick);
CREATE INDEX telling_by_place ON telling (place_no, kind);
CREATE INDEX telling_by_about ON telling (about) WHERE about IS NOT NULL;

-- Places whose stock changed since devices were told of it.
CREATE TABLE place_mark (
    place_no INTEGER PRIMARY KEY
) STRICT;
INSERT INTO place_mark (place_no) SELECT DISTINCT place_no FROM stock;

-- How far goods in a logistic unit have come, order line by order line.
CREATE TABLE packed (
    order_no TEXT    NOT NULL,
    line     INTEGER NOT NULL,
    unit_no  INTEGER NOT NULL,
    sscc     TEXT    NOT NULL,
    packed   INTEGER NOT NULL,
    shipped  INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (order_no, line, unit_no, sscc)
) STRICT, WITHOUT ROWID;
CREATE INDEX packed_by_sscc ON packed (sscc);
