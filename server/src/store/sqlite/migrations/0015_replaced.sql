-- A device that changed its key goes on under another row, with another log.
ALTER TABLE device ADD COLUMN replaced_by BLOB REFERENCES device (id);
