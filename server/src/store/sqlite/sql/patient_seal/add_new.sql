INSERT INTO main.patient_seal (event, tick, key, sealed)
SELECT event, tick, key, sealed
FROM temp.patient_seal AS anew
WHERE NOT EXISTS (SELECT 1 FROM main.patient_seal AS kept WHERE kept.event = anew.event)
