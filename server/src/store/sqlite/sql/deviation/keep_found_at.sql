UPDATE temp.deviation AS new
SET found_at = kept.found_at
FROM main.deviation AS kept
WHERE kept.kind = new.kind AND kept.subject = new.subject
