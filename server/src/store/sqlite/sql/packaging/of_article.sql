SELECT di FROM packaging WHERE no = ?1
