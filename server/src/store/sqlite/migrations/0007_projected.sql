-- By which version of the program the projections were made. One that makes more of the records makes them anew.
CREATE TABLE projected (
    version INTEGER NOT NULL
) STRICT;
INSERT INTO projected (version) VALUES (0);
