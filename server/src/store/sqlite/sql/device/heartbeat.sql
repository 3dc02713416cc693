UPDATE device SET seen_at = ?2, clock_offset = ?3, holds = ?4 WHERE id = ?1
