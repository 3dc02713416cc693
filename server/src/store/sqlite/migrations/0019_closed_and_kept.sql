-- When an account was closed last: no session that began before is believed, also when the account is open again.
ALTER TABLE account ADD COLUMN closed_at INTEGER;
UPDATE account SET closed_at = unixepoch() * 1000 WHERE NOT active;
-- What of each log is in quarantine: summing it up would cost the more, the more a thief has sent.
CREATE TABLE quarantine_kept (
    log_no    INTEGER PRIMARY KEY,
    -- Those that nobody decided about.
    records   INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    -- With those that somebody decided about.
    all_bytes INTEGER NOT NULL
) STRICT;
INSERT INTO quarantine_kept
SELECT log_no,
       count(*) FILTER (WHERE rejected_at IS NULL AND taken_at IS NULL),
       coalesce(sum(length(bytes)) FILTER (WHERE rejected_at IS NULL AND taken_at IS NULL), 0),
       sum(length(bytes))
FROM quarantine GROUP BY log_no;
CREATE TRIGGER quarantine_put AFTER INSERT ON quarantine
BEGIN
    INSERT INTO quarantine_kept VALUES (NEW.log_no, 1, length(NEW.bytes), length(NEW.bytes))
    ON CONFLICT (log_no) DO UPDATE SET
        records = records + 1,
        bytes = bytes + excluded.bytes,
        all_bytes = all_bytes + excluded.all_bytes;
END;
CREATE TRIGGER quarantine_decided AFTER UPDATE OF rejected_at, taken_at ON quarantine
WHEN OLD.rejected_at IS NULL AND OLD.taken_at IS NULL
    AND (NEW.rejected_at IS NOT NULL OR NEW.taken_at IS NOT NULL)
BEGIN
    UPDATE quarantine_kept SET records = records - 1, bytes = bytes - length(OLD.bytes)
    WHERE log_no = OLD.log_no;
END;
