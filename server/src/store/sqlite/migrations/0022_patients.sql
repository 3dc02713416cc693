-- Sealed identities of patients, in the order in which they came: what the patient-link service fetches. They follow from
-- the records, but keep their numbers when projections are made anew.
CREATE TABLE patient_seal (
    no     INTEGER PRIMARY KEY AUTOINCREMENT,
    event  BLOB    NOT NULL UNIQUE,
    tick   INTEGER NOT NULL,
    key    BLOB    NOT NULL,
    sealed BLOB    NOT NULL
) STRICT;

-- What the service made of a seal: the same for one patient everywhere. It is in no record.
CREATE TABLE patient_token (
    no    INTEGER PRIMARY KEY REFERENCES patient_seal (no) ON DELETE CASCADE,
    token BLOB    NOT NULL
) STRICT;
