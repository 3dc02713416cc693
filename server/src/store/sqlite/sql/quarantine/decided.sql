SELECT quarantine.taken_at IS NOT NULL, coalesce(quarantine.taken_by, quarantine.rejected_by),
       coalesce(quarantine.taken_at, quarantine.rejected_at) AS decided_at, quarantine.reason, count(*)
FROM quarantine JOIN log USING (log_no)
WHERE log.id = ?1 AND (quarantine.taken_at IS NOT NULL OR quarantine.rejected_at IS NOT NULL)
GROUP BY 1, 2, 3, 4
ORDER BY decided_at DESC, 1
