DELETE FROM telling WHERE event = ?1
