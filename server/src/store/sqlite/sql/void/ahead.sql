SELECT DISTINCT target FROM void WHERE NOT EXISTS (SELECT 1 FROM claim WHERE claim.event = void.target)
