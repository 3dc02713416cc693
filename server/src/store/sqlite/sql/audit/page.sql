SELECT audit_no, at, user_id, account.name, what, asked, purpose
FROM audit LEFT JOIN account ON account.id = audit.user_id
WHERE audit_no < ?1 AND (?2 IS NULL OR user_id = ?2)
ORDER BY audit_no DESC LIMIT ?3
