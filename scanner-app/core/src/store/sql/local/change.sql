SELECT n FROM local_change
