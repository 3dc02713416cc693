# Klientens meningar: vad, varför och vad man gör.
alert-record-refused = Servern tog inte emot en post. Den finns kvar här. Visa IT: { $detail }
alert-digest-repaired = Grunddata skilde sig från servern och hämtades på nytt ({ $detail }).
alert-digest-differs = Grunddata skiljer sig från servern även efter ny hämtning ({ $detail }). Kontakta IT.
alert-log-restarted = Servern känner ett annat liv hos den här enheten. En ny logg är påbörjad. Registrera enheten på nytt.
alert-device-refused = Servern godtar inte enheten. Registrera den på nytt med en kod från IT. Skanningar finns kvar.
alert-clock-skew = Enhetens klocka går fel ({ $detail }). Ställ klockan.
