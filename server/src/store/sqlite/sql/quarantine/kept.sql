-- What was told again under another enrolment waits for nobody.
SELECT count(*) FILTER (WHERE waits), coalesce(sum(size) FILTER (WHERE waits), 0), coalesce(sum(size), 0)
FROM (
    SELECT length(bytes) AS size,
           rejected_at IS NULL AND taken_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = quarantine.event) AS waits
    FROM quarantine WHERE log_no = ?1
)
