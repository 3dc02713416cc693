UPDATE telling SET voided = ?2 WHERE event = ?1 AND voided <> ?2
