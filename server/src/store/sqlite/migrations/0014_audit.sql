-- Who read what about people. Rows are added and never changed: not by this program, and not by another that opens the
-- file without taking the triggers away first.
CREATE TABLE audit (
    audit_no INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    user_id  BLOB,
    what     TEXT    NOT NULL,
    asked    TEXT    NOT NULL,
    purpose  TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_user ON audit (user_id, audit_no);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'what was read stays noted');
END;
-- Whoever replaces a row deletes the old one without its trigger.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE audit_no = NEW.audit_no)
BEGIN
    SELECT RAISE(ABORT, 'what was read stays noted');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'what was read stays noted');
END;
