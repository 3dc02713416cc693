UPDATE projected SET version = ?1
