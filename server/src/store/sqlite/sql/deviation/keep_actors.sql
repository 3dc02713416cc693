INSERT INTO temp.deviation SELECT * FROM main.deviation WHERE kind = 'unknown-actor'
