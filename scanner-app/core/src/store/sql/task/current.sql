SELECT state FROM task WHERE current = 1;
