-- A seal that is as it was keeps its number, and so its token.
DELETE FROM main.patient_seal AS kept
WHERE NOT EXISTS (
    SELECT 1
    FROM temp.patient_seal AS anew
    WHERE anew.event = kept.event AND anew.tick = kept.tick AND anew.key = kept.key AND anew.sealed = kept.sealed
)
