DELETE FROM task WHERE key LIKE 'training/%';
