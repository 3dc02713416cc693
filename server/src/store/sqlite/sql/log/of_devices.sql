SELECT log_no FROM log WHERE by_device = 1
