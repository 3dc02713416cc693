DELETE FROM task WHERE key = ?1;
