-- Voids of an event, each with whether it may reach it. A device's void reaches only movements (?2: the event is
-- one) that a log tells which tells the void as well; what has not come yet may turn out to be one.
SELECT void.event, EXISTS (
    SELECT 1
    FROM (
        SELECT claim.log_no FROM claim WHERE claim.event = void.event
        UNION ALL
        SELECT retold.log_no FROM retold WHERE retold.event = void.event
    ) AS teller
    WHERE EXISTS (SELECT 1 FROM log WHERE log.log_no = teller.log_no AND log.by_device = 0)
        OR NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = void.target)
        OR (?2 AND (
            EXISTS (SELECT 1 FROM claim WHERE claim.event = void.target AND claim.log_no = teller.log_no)
            OR EXISTS (SELECT 1 FROM retold WHERE retold.event = void.target AND retold.log_no = teller.log_no)
        ))
)
FROM void
WHERE void.target = ?1
