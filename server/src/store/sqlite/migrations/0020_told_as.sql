-- Under one event id logs may tell different things: what each takes back by it, empty when it is no void. Voids that were told
-- more than once are known again when the projections are made anew.
ALTER TABLE retold RENAME TO retold_before;
CREATE TABLE retold (
    event  BLOB    NOT NULL,
    log_no INTEGER NOT NULL,
    target BLOB    NOT NULL,
    PRIMARY KEY (event, log_no, target)
) STRICT, WITHOUT ROWID;
INSERT INTO retold (event, log_no, target) SELECT event, log_no, x'' FROM retold_before;
DROP TABLE retold_before;
