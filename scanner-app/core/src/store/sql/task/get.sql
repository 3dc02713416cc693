SELECT state FROM task WHERE key = ?1;
