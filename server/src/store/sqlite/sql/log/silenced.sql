SELECT log.id FROM device JOIN log USING (log_no)
WHERE device.revoked_at IS NOT NULL OR device.replaced_by IS NOT NULL
