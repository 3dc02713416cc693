-- Events that more than one log tells, with each of them: a device takes back only what its own log tells.
CREATE TABLE retold (
    event  BLOB    NOT NULL,
    log_no INTEGER NOT NULL,
    PRIMARY KEY (event, log_no)
) STRICT, WITHOUT ROWID;
