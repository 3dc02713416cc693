SELECT made_at, file, sha256, bytes, records FROM backup ORDER BY made_at DESC LIMIT 1
