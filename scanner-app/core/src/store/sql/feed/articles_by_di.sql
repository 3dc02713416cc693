SELECT r.body FROM packaging p JOIN feed_row r ON r.topic = 'articles' AND r.key = p.article
WHERE p.di = ?1 ORDER BY p.article;
