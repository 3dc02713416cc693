INSERT INTO telling (event, kind, tick, at, user_no, log_no, seq, place_no, about, voided, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
