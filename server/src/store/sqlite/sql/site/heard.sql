UPDATE site SET log = coalesce(?2, log), seen_at = ?3, clock_offset = ?4, behind = coalesce(?5, behind) WHERE id = ?1
