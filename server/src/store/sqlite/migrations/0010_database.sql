-- Which database this is, for its backups among those of others; and which of its lives, for devices: a restore begins
-- another one.
INSERT INTO setting (name, value) VALUES
    ('database', lower(hex(randomblob(16)))),
    ('incarnation', lower(hex(randomblob(16))));
