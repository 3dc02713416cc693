UPDATE site SET log = ?2, seen_at = ?3, clock_offset = ?4, behind = coalesce(?5, behind) WHERE id = ?1
