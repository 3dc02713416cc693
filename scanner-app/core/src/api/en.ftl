# The client's sentences: what, why and what to do.
alert-record-refused = The server did not take a record. It is kept here. Show it to IT: { $detail }
alert-digest-repaired = Reference data differed from the server's and was fetched anew ({ $detail }).
alert-digest-differs = Reference data differs from the server's even after fetching it anew ({ $detail }). Contact IT.
alert-log-restarted = The server knows another life of this device. A new log was begun. Enrol the device again.
alert-device-refused = The server does not accept the device. Enrol it again with a code from IT. Scans are kept.
alert-clock-skew = The device clock is off ({ $detail }). Set it.
