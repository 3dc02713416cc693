SELECT log, seed, token, region, server, name, skew FROM device WHERE id = 1;
