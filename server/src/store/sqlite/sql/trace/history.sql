-- The trace table is stored by lot and unit: this reads it in its own order.
SELECT event.unit_no, event.event, event.tick, event.at, event.step, event.units, origin.code, target.code,
       event.supplier, actor.id, account.name, event.entry, event.order_no, event.order_line, log.id, event.seq,
       event.voided, event.expiry, scanner.profile, event.seen, event.became, event.told, event.sscc,
       patient_token.token
FROM json_each(:units) AS wanted
CROSS JOIN unit ON unit.unit_no = wanted.value
CROSS JOIN lot USING (lot_no)
CROSS JOIN event ON event.lot_key = lot.lot_key AND event.unit_no = unit.unit_no
LEFT JOIN place_code AS origin ON origin.place_no = event.from_no
JOIN place_code AS target ON target.place_no = event.to_no
JOIN actor ON actor.user_no = event.user_no
LEFT JOIN account ON account.id = actor.id
JOIN log ON log.log_no = event.log_no
LEFT JOIN patient_seal ON patient_seal.event = event.event
LEFT JOIN patient_token ON patient_token.no = patient_seal.no
LEFT JOIN scanner ON scanner.scanner_no = event.scanner_no
