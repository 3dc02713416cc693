UPDATE unit_series SET next = next + 1 WHERE prefix = ?1 AND no = ?2
