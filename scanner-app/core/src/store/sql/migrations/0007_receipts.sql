-- Which deliveries, and which logistic units of them, were received here: the server's list shows it later.
CREATE TABLE receipt (
    event_id BLOB PRIMARY KEY,
    delivery TEXT NOT NULL,
    sscc     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_delivery ON receipt (delivery);
