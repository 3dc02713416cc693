SELECT printed, problem FROM unit_label WHERE sscc = ?1
