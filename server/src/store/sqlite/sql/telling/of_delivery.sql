SELECT body FROM telling WHERE about = ?1 AND voided = 0 AND kind IN ('check', 'differ')
