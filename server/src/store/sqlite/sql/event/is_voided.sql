SELECT voided FROM event WHERE lot_key = ?1 AND unit_no = ?2 AND tick = ?3 AND event = ?4
