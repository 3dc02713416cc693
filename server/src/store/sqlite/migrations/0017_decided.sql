-- What was taken in is kept with who said so, as what was left out is.
ALTER TABLE quarantine ADD COLUMN taken_by BLOB;
ALTER TABLE quarantine ADD COLUMN taken_at INTEGER;
-- A decision was about all of a log, also about what had come again under another one and counted: there it stands.
UPDATE quarantine SET rejected_by = NULL, rejected_at = NULL, reason = NULL
WHERE rejected_at IS NOT NULL AND event IN (SELECT event FROM claim);
-- What was left out does not count under another log either.
CREATE INDEX quarantine_rejected ON quarantine (event) WHERE rejected_at IS NOT NULL;
