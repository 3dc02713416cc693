SELECT DISTINCT log.id FROM quarantine JOIN log USING (log_no)
WHERE quarantine.rejected_at IS NULL AND quarantine.taken_at IS NULL
ORDER BY log.id
