-- What was told again under a new enrolment needs nobody's decision.
SELECT log.id, count(*), max(quarantine.received_at)
FROM quarantine JOIN log USING (log_no)
WHERE quarantine.rejected_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = quarantine.event)
GROUP BY log.id
ORDER BY log.id
