DELETE FROM deviation WHERE event = ?1 AND kind IN ('moved-under-hold', 'moved-expired')
