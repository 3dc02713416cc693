-- When an account was closed last: no session that began before is believed, also when the account is open again.
ALTER TABLE account ADD COLUMN closed_at INTEGER;
UPDATE account SET closed_at = unixepoch() * 1000 WHERE NOT active;
