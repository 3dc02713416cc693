SELECT no FROM packaging WHERE di = ?1
