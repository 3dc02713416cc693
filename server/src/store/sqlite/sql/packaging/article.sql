SELECT no, units FROM packaging WHERE di = ?1
