SELECT code, at, detail FROM alert ORDER BY at DESC, code, detail LIMIT 20;
