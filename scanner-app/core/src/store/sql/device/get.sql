SELECT log, seed, public, token, region, server, name, skew FROM device WHERE id = 1;
