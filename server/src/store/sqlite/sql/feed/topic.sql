SELECT rev, count, sum FROM topic WHERE topic = ?1
