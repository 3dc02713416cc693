UPDATE unit_label SET printed = 1, problem = NULL WHERE sscc = ?1
