UPDATE unit_label SET printed = 0, problem = NULL WHERE sscc = ?1
