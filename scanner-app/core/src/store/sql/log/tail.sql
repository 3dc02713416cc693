SELECT seq, hash, tick FROM log WHERE log = ?1;
