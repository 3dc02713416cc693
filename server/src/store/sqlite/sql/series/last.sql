SELECT no, life FROM series WHERE prefix = ?1 ORDER BY no DESC LIMIT 1
