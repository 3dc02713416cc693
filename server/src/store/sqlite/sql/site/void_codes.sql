-- Also of one that was used: its retry ends with it.
UPDATE site SET code_until = 0
