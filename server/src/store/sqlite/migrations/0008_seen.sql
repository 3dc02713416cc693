-- What the person was warned of and went past: words of reasons with blanks between, as the record has them.
ALTER TABLE event ADD COLUMN seen TEXT;
