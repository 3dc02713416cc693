-- Counts that another person has not checked.
SELECT told.event, told.tick, actor.id, told.body
FROM telling AS told
JOIN actor USING (user_no)
WHERE told.place_no = ?1 AND told.kind = 'count' AND told.voided = 0
    AND NOT EXISTS (
        SELECT 1 FROM telling AS later WHERE later.about = told.event AND later.kind = 'count' AND later.voided = 0
    )
ORDER BY told.tick, told.event
