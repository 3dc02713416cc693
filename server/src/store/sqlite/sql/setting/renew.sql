UPDATE setting SET value = lower(hex(randomblob(16))) WHERE name = ?1
