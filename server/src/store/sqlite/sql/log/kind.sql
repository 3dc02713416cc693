SELECT by_device FROM log WHERE id = ?1
