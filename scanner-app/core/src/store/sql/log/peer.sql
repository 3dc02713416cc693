SELECT peer FROM log WHERE log = ?1;
