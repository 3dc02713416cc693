# Ord som alla ytor delar. Terminologi enligt ordlistan i verksamheten.
verdict-ok = OK
verdict-warn = VARNING
verdict-stop = STOPP

reason-held = Spärrad: { $text }. Ställ varan åt sidan och kontakta kvalitet.
reason-maybe-held = Kan vara spärrad: { $text }. Jämför batch och serienummer på etiketten med spärren.
reason-expired = Utgången { $expiry }. Ställ varan åt sidan för kassation.
reason-wrong-item = Fel artikel{ $scanned ->
    [none] {""}
   *[other] {" "}({ $scanned })
  }. Lägg tillbaka den och ta artikeln på plocklistan.
reason-wrong-lot = Fel batch. Ta { $lot } med utgång { $expiry } från plats { $place } först.
reason-line-full = Raden är full, inget mer av varan ska med. Ställ den åt sidan och skanna nästa vara.
reason-line-full-in-basket = Raden är full med de { $units } som redan ligger i korgen. Ställ den här åt sidan och skanna nästa vara.
reason-too-many = För många. Det återstår { $left } på raden. Ändra antalet och lägg resten åt sidan.
reason-too-many-packed = För många. Etiketten är en förpackning med { $per_pack }, och det återstår { $left } på raden. Skanna en mindre förpackning eller en lös vara.
reason-book-elsewhere = Enligt boken står varan på { $book }, inte på { $scanned }. Den bokas från { $from }. Stämmer det inte, skanna hyllan du tog den från.
reason-book-short = Boken säger { $units } på { $place }. Räkna vad du tog. Stämmer antalet, gå vidare.
reason-serial-again = Serienumret är redan skannat i den här uppgiften. Skanna nästa vara. Har två varor samma serienummer: ställ båda åt sidan och kontakta kvalitet.
reason-serial-count = Ett serienummer är en enda produkt. Sätt antalet till 1.
reason-not-expected = Varan finns inte på leveransen. Ställ den åt sidan och ring försörjningsplaneraren med ordernumret överst på skärmen.
reason-wrong-place = Fel plats. Rätt plats är { $expected }.
reason-wrong-stop = Fel stopp. Kollit ska till { $expected }. Lägg tillbaka det i fordonet.
reason-unit-in-use = Kollinumret används redan. Ta en annan etikett.
reason-unknown-unit = Enheten känner inga varor i kollit. Synka, eller bekräfta leveransen under Bekräfta.
reason-not-loaded = Kollit är inte skannat på fordonet. Kontrollera att det är rätt kolli.
reason-unknown-place = Platsen är okänd här eller kan inte ta emot varor. Skanna en annan plats eller synka.
reason-no-shelf = Det är { $kind ->
    [ward] en avdelning
    [dispatch] en utlastning
   *[other] ett område
  }, inte en hylla. Skanna etiketten på hyllan. Ska varorna verkligen stå här, gå vidare.
reason-unknown-article = Okänd artikel. Den sparas som den är och matchas senare.
reason-unread-code = Koden kan inte läsas än. Den sparas som den är och matchas senare.
reason-no-lot = Etiketten saknar batch. Skanna den andra streckkoden om det finns en.
reason-no-serial = Artikeln spåras per serienummer men etiketten visar inget. Skanna serienumret.
reason-no-expiry = Etiketten saknar utgångsdatum som artikeln ska ha. Kontrollera förpackningen.
reason-suspect-separator = Ett skiljetecken kan ha fallit bort. Jämför batch och serienummer med etiketten.
reason-lenient-reading = Koden kom fram med ett fel men lästes ändå. Jämför artikel, batch, serienummer och datum med trycket.
reason-uncalibrated = Skannern är inte inställd. Kalibrera den under Inställningar.
reason-held-aside = Spärrad: { $text }. Får inte användas, men får ställas undan, returneras eller kasseras.
reason-expired-aside = Utgången { $expiry }. Får inte användas, men får ställas undan, returneras eller kasseras.
reason-wrong-storage = Varan ska stå { $needs ->
    [room] i rumstemperatur
    [cool] svalt, 8–15 °C
    [cold] i kyl, 2–8 °C
   *[frozen] i frys
} men platsen { $gives ->
    [room] är rumstempererad
    [cool] är sval
    [cold] är en kyl
    [frozen] är en frys
   *[none] har ingen temperatur angiven
}. Välj en annan plats.
reason-not-sterile = Varan är steril och platsen är inte till för sterilt gods. Välj en plats i sterilförrådet.
reason-not-for-medicines = Läkemedel står för sig och annat gods för sig. Välj en annan plats.
reason-not-in-book = Enligt systemet finns { $units } här. Räkna, och gör en inventering om det inte stämmer.
reason-later-lot = Senare batch än { $lot }, tas av den orsak du angav.
reason-below-floor = Det blir { $left } kvar och { $floor ->
        [safety] säkerhetslagret
       *[preparedness] beredskapslagret
    } är { $keep }. Lägg tillbaka varan och fråga planeraren.
reason-floor-taken = Det blir { $left } kvar: { $floor ->
        [safety] säkerhetslagret
       *[preparedness] beredskapslagret
    } tas av den orsak du angav.
reason-short-life = Hållbarheten är { $left } dagar, avtalat är minst { $wanted }. Fråga arbetsledaren.
reason-not-announced = Varan är inte aviserad. Behåll den i korgen om den ska tas emot: då antecknas en avvikelse.
reason-more-than-announced = { $units } st mer än aviserat. Räkna om; blir det lika, antecknas en avvikelse.
reason-lot-not-in-book = Enligt systemet finns inte den batchen här. Uttaget räknas på den batch som du skannade.
reason-not-set-aside = Varan står inte i karantän här enligt systemet. Skanna platsen där den ställdes undan.
reason-not-aid = Artikeln är inget hjälpmedel. Välj en annan uppgift för den.
reason-aid-nowhere = Hjälpmedlet finns inte i systemet, eller är kasserat eller förlorat. Ta emot det, eller inventera platsen där det hittades.
reason-half-udi = Hela UDI behövs: produkt och batch eller serienummer. Skanna även etikettens andra kod. Saknas den, använd inte varan utan ställ den i karantän.
reason-implantable = Varan är ett implantat. Ska den sättas in i patienten, avbryt och välj Implantera.
reason-not-implantable = Katalogen har inte varan som implantat. Kontrollera att det är rätt vara.
reason-not-quarantine = Det här är ingen karantänplats. Skanna karantänplatsen, eller platsen igen om varan ska stå kvar märkt.
reason-not-held = Varan är inte spärrad av det här meddelandet. Låt den stå.

step-receiving = Godsmottagning
step-storing = Inlagring
step-picking = Plock
step-shipping = Leverans
step-accepting = Avdelningsmottagning
step-packing = Packning
step-dispensing = Uttag
step-installing = Implantation
step-returning = Retur
step-destroying = Kassation
step-holding = Ställd i karantän
step-inspecting = Kontroll
step-stock_taking = Inventering
step-reserving = Reservation
step-lending = Utlåning
step-collecting = Hämtning
step-cleaning = Rengöring
step-repairing = Reparation

status-available = på plats
status-picked = plockad
status-in_transit = på väg
status-quarantined = i karantän
status-used = förbrukad
status-destroyed = kasserad
status-returned = åter, väntar på beslut
status-sent_back = åter till leverantören
status-transferred_out = överlämnad till annan organisation
status-missing = saknas
status-reserved = reserverad
status-lent = utlånad
status-to_collect = ska hämtas
status-cleaning = på rengöring
status-inspection = väntar på besiktning
status-repair = på reparation

event-count = Inventering
event-differ = Avvikelse
event-check = Mottagningskontroll
event-search = Sökning efter spärrat gods
event-handle = Kolli hanterat
event-request = Beställning

cause-damaged = skadad
cause-expired = utgånget datum
cause-recalled = återkallad
cause-contaminated = kontaminerad
cause-wrong_item = fel artikel
cause-missing = saknas
cause-surplus = för många
cause-conditions = fel temperatur eller transport
cause-opened = bruten förpackning
cause-not_needed = behövs inte
cause-non_conforming = misstänks inte uppfylla kraven
cause-serious_risk = allvarlig risk
cause-falsified = förfalskad
cause-short_life = för kort hållbarhet kvar
cause-first_lot_unusable = äldsta batchen går inte att använda
cause-first_lot_not_found = äldsta batchen finns inte på platsen
cause-care_needs = vården behöver det
cause-crisis = beslut i kris
cause-out_of_stock = slut på hyllan
cause-counted = räknat antal avviker
cause-lost = borttappad
cause-worn_out = utsliten
cause-label = märkning saknas eller går inte att läsa
cause-held = spärrad
cause-other = annat

role-picker = Plockare
role-ward = Vårdpersonal
role-quality = Kvalitetsansvarig
role-planner = Försörjningsplanerare
role-admin = IT-administratör

order-to_pick = Att plocka
order-to_ship = Att leverera
order-to_accept = Att bekräfta
order-done = Klar

deviation-negative-stock = Minussaldo
deviation-serial-doubled = Serienummer mer än en gång
deviation-unknown-product = Okänd artikel
deviation-counted-in-packages = Räknad i förpackningar
deviation-moved-under-hold = Flyttad trots spärr
deviation-moved-expired = Flyttad efter utgångsdatum
deviation-fork = Delad logg
deviation-gap = Lucka i logg
deviation-unreadable = Oläsbar post
deviation-event-conflict = Två versioner av samma händelse
deviation-clock-skew = Klockan går fel
deviation-foreign-void = Ogiltig ångring
deviation-told-after-rejection = Avvisat kom igen
deviation-tick-back = Loggens tid går bakåt
deviation-unknown-actor = Obehörig användare
