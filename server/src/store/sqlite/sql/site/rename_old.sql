-- Its row stays, so that its token is known to be worth nothing.
UPDATE site SET name = name || ' (' || lower(substr(hex(id), -6)) || ')' WHERE id = ?1
