SELECT DISTINCT r.body FROM hold_di h JOIN feed_row r ON r.topic = 'holds' AND r.key = h.hold
WHERE h.di IN (?1, ?2);
