SELECT id, name, log, joined_at, revoked_at, seen_at, clock_offset, behind FROM site WHERE name = ?1
