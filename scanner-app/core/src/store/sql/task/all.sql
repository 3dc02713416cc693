SELECT state FROM task ORDER BY key;
