SELECT log_no FROM device
