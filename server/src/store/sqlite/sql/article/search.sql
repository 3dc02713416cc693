-- instr, not LIKE: a text may hold % and _.
SELECT feed.body
FROM article
JOIN feed ON feed.topic = 'articles' AND feed.key = article.no
WHERE ?1 = '' OR instr(article.text, ?1) > 0
ORDER BY article.name, article.no
LIMIT ?2 OFFSET ?3
