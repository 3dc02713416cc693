SELECT device.id, device.name, log.key, log.id, device.revoked_at, device.enrolled_at, device.seen_at,
       device.clock_offset, device.holds, device.replaced_by
FROM device JOIN log USING (log_no)
ORDER BY device.name, device.id
