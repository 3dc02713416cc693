DELETE FROM packaging WHERE no = ?1
