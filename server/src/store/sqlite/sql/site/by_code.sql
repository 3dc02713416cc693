SELECT id, name, log, joined_at, revoked_at, seen_at, clock_offset, behind, code_until FROM site WHERE code = ?1
