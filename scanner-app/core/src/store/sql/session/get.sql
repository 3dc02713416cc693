SELECT user, access, refresh, until FROM session WHERE id = 1;
