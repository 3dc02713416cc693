-- Holds in force by the identifiers they name, so that a question reads only those that can meet its goods.
CREATE TABLE hold_di (
    di   TEXT NOT NULL,
    hold BLOB NOT NULL,
    PRIMARY KEY (di, hold)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_di_by_hold ON hold_di (hold);

INSERT INTO hold_di (di, hold)
SELECT DISTINCT named.value, hold.id
FROM hold, json_each(hold.body, '$.dis') AS named
WHERE json_extract(hold.body, '$.released_at') IS NULL;
