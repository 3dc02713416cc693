-- Voids of an event, each with whether it may reach it: a server's always does. A device's does where the event is one
-- that its teller may take back (?2) and no log tells it that does not tell the void as well: telling again what another told
-- gives no right. What a log tells under the void's event id must be that void. What has not come yet may turn out to be one.
SELECT void.event, EXISTS (
    SELECT 1
    FROM (
        SELECT claim.log_no FROM claim WHERE claim.event = void.event
        UNION ALL
        SELECT retold.log_no FROM retold WHERE retold.event = void.event AND retold.target = ?1
    ) AS teller
    JOIN log ON log.log_no = teller.log_no
    WHERE log.by_device = 0
)
OR NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = void.target)
OR (?2 AND NOT EXISTS (
    SELECT 1
    FROM (
        SELECT claim.log_no FROM claim WHERE claim.event = ?1
        UNION ALL
        SELECT retold.log_no FROM retold WHERE retold.event = ?1
    ) AS mover
    WHERE NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = void.event AND claim.log_no = mover.log_no)
        AND NOT EXISTS (
            SELECT 1 FROM retold
            WHERE retold.event = void.event AND retold.log_no = mover.log_no AND retold.target = ?1
        )
))
FROM void
WHERE void.target = ?1
