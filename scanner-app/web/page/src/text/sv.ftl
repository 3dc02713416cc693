# Skannersidans ord.
app-name = Spårhund
starting = Startar …
in-use-title = Öppen i en annan flik
in-use-text = Spårhund är redan öppen på den här enheten. Stäng den andra fliken, så fortsätter den här av sig själv.
fatal-title = Spårhund kan inte starta
fatal-again = Ladda om

back = Tillbaka
close = Stäng
cancel = Avbryt
settings = Inställningar

status-online = Online
status-offline = Offline
status-offline-since = Offline sedan { $time }
status-unsent = { $count ->
    [0] allt skickat
   *[other] { $count } väntar
  }
status-fetching = hämtar register ({ $count } artiklar)
status-holds = spärrlista { $time }
status-holds-none = ingen spärrlista

enrol-title = Registrera enheten
enrol-help = Skanna koden som visas i konsolen under Enheter, eller skriv av den.
enrol-code = Kod
enrol-name = Enhetens namn
enrol-name-hint = Till exempel Lager 3
enrol-submit = Registrera

sign-in-title = Logga in
login = Användarnamn
password = Lösenord
sign-in = Logga in

people-title = Vem är du?
people-badge = Skanna din bricka, eller tryck på ditt namn.
people-password = Logga in med lösenord
switch-open = Byt person
switch-title = Byt person
pin-enter = Skriv din PIN.
pin-length = { $count } siffror skrivna
pin-checking = Kontrollerar …
pin-wait = Vänta { $seconds } s.
pin-tries = { $left } försök kvar.
pin-back = Ta bort sista siffran
pin-send = OK

tasks-title = Uppgifter
task-receive = Ta emot
task-pick = Plocka
task-deliver = Leverera
task-confirm = Bekräfta
task-nothing = Din roll har inga uppgifter här. Be IT om rätt roll.
tasks-incomplete = Registret är inte helt hämtat. Vänta med att skanna, annars blir varor okända.
tasks-stranded = Får inte lämnas ut: { $count } st { $name }, plockat till { $order }. Hämta det på { $place }.
tasks-open = Påbörjat
tasks-resume = Fortsätt: { $what }

orders-none-pick = Inget att plocka.
orders-none-deliver = Inget att leverera.
orders-none-confirm = Inget på väg till avdelningen.
order-progress = { $done } av { $wanted } st
order-to-deliver = { $left } st att leverera
order-to-confirm = { $left } st att bekräfta

receive-title = Ta emot gods
receive-supplier = Leverantör
receive-reference = Följesedel (frivilligt)
receive-start = Börja

prompt-item = Skanna varan
prompt-more-items = Skanna nästa vara eller en plats
prompt-place = Skanna platsetiketten
prompt-bin = Skanna platsen där varan stod
prompt-ward = Skanna etiketten på { $ward }
prompt-needs-more = Skanna också den andra koden på etiketten
known-already = Samma som på etiketten före. Hör den till nästa förpackning, skanna dess andra kod.
open-scan-over = Tiden gick ut. Avbryt avläsningen och skanna hela etiketten igen.
open-scan-drop = Avbryt avläsningen
place-choose = Välj plats i lista
place-search = Sök plats
place-none = Ingen plats heter så.
place-taken = Plats: { $name }
place-at = Plats
ward-taken = Avdelning: { $name }
sscc-taken = Kolli { $sscc }

line-left = { $left } kvar av { $wanted }
line-picked = { $picked } av { $wanted } plockade
line-to-deliver = { $left } att leverera
line-delivered = { $shipped } levererade
line-confirmed = { $accepted } av { $wanted } bekräftade
line-to-confirm = { $left } att bekräfta
line-done = Klar
line-in-basket = { $count } i korgen
suggestion-take = Ta från
suggestion-next = Sedan från
taken-from = Tas från
suggestion-none = Inget saldo i systemet. Ta det som finns på hyllan.
suggestion-there = { $count } st där

item-lot = Batch/lot
item-serial = Serienummer
item-expiry = Utgångsdatum
item-made = Tillverkad
item-none = –
quantity = Antal
quantity-plus = Ett till
quantity-minus = Ett färre
quantity-packs = { $packs } förp. = { $units } st
basket-also = Också i korgen
basket-clear = Töm korgen
basket-clear-question = Allt i korgen tas ur och får skannas om. Töm den?
basket-keep = Behåll
basket-remove = Ta bort

book-receive = Ta emot { $count } st

deed-store = Lagra in
deed-use = Uttag
ask-from = Skanna platsen som varan tas från
ask-to = Skanna platsen som varan ställs på
ask-goods = Skanna varan
ask-unit = Skanna kollits etikett (SSCC)
ask-reason = Välj orsak
ask-patient = Skanna patientens armband
ask-use-from = Skanna avdelningens eller fackets etikett
place-from = Från
hints = Lämpliga platser
hint-units = { $count } st
hint-same_lot = samma batch
hint-same_article = samma artikel
hint-by_rule = enligt plan
hint-in_book = enligt systemet
hint-perhaps = kan finnas
book-store = Lagra in { $count } st
book-use = Ta ut { $count } st
booked-now = { $name }: { $count } st bokat
booked-there = { $count } st bokat på { $name }
book-pick = Plocka { $count } st
book-confirm = Bekräfta { $count } st
ship = Leverera { $count } st
book-stopped = Något i korgen är stoppat. Visa vad
ship-stopped = Inget får lämnas ut. Visa varför
ship-nothing = Inget är bokfört. Ställ undan det här först:
stays-behind = { $count } st får inte lämnas ut.
confirm-line = Stämmer
confirm-all = Allt stämmer ({ $count } st)
confirm-book-next = Allt ligger i korgen men är inte bokfört än. Tryck på Bekräfta.
basket-unbooked = { $count } st i korgen är inte bokfört än. Fortsätt uppgiften för att bokföra.
booked = Bokfört: { $count } st
undone = Ångrat
undo = Ångra ({ $left } s)
kept-back = Blev kvar: { $count } st { $name }.
order = Order
task-done = Allt klart här.
task-done-so-far = Inget mer att göra just nu. Ordern är inte klar, resten kommer senare.
to-list = Till listan

stop-aside = Jag har ställt undan varan
stop-put-back = Jag har lagt tillbaka varan
stop-understood = Jag förstår
warn-read = Jag har läst
taken-out = Ur korgen: { $name }
verdict-place-ok = Rätt plats
show-code = Visa koden
scan-choose = Flera koder. Vilken är det?
scan-choose-reading = Koden kan läsas på flera sätt. Välj det som stämmer med etiketten:
scan-ignored = Välj en uppgift först, skanna sedan.
scan-supplier-first = Skriv leverantören först, skanna sedan.
scan-missed = { $count ->
    [one] En skanning togs inte emot medan stoppet stod. Skanna den igen.
   *[other] { $count } skanningar togs inte emot medan stoppet stod. Skanna dem igen.
  }
candidate-logistic = Kolli
candidate-place = Plats
candidate-asset = Tillgång
candidate-donation = Blod, celler eller vävnad med ett tappningsnummer, ingen medicinteknisk produkt
candidate-part = Del av en etikett

typed-open = Skriv kod
typed-label = Kod, till exempel (01)07350000000016(10)ABC
typed-submit = Använd
camera-open = Kamera
camera-aim = Håll koden i rutan
camera-file = Ta eller välj bild
camera-torch = Lampa
camera-zoom = Närmare
camera-close = Stäng kameran
camera-nothing = Ingen kod hittades i bilden. Gå närmare och håll stilla.
camera-denied = Kameran får inte användas ({ $reason }). Tillåt den i webbläsaren, eller ta en bild.
camera-none = Ingen kamera hittades. Skriv koden eller använd skannern.
camera-taken = Kameran används av ett annat program. Stäng det, eller skriv koden.
camera-no-picture = Filen är ingen bild som webbläsaren kan visa. Välj en bild i JPEG eller PNG, eller ta en ny.
camera-failed = Kamerans avkodare svarar inte ({ $reason }). Skriv koden i stället.

settings-language = Språk
settings-device = Enhet
settings-device-name = Namn
settings-region = Region
settings-server = Server
settings-own-server = Sidans egen adress
settings-articles = Artiklar på enheten
settings-store = Skanningar på enheten
settings-durable = Överlever strömavbrott
settings-not-durable = Kan gå förlorade vid strömavbrott
settings-persisted = Skyddat mot rensning av webbläsaren
settings-not-persisted = Inte skyddat mot rensning. Installera appen på hemskärmen.
settings-scanner = Skanner
calibration-none = Skannern är inte kalibrerad. Den går att använda, men spårningen visar att ingen har kontrollerat hur den skriver.
calibration-is = Kalibrerad.
calibration-by-hand = Inställd för hand, inte kalibrerad.
calibration-keys-physical = Tangenterna läses som skannern menar dem.
calibration-keys-same = Tecknen kommer fram som de är.
calibration-keys-swedish = Tecknen räknas om från svenskt tangentbord.
calibration-keys-learned = Tecknen räknas om från enhetens tangentbord.
calibration-separator = Skiljetecknet kommer som { $character }.
calibration-separator-gs = Skiljetecknet kommer fram.
calibration-aim = Kodtypen skickas med.
calibration-no-aim = Kodtypen skickas inte med: ställ gärna in skannern på AIM-prefix.
calibration-start = Kalibrera skannern
calibration-cancel = Avbryt kalibreringen
calibration-scan = Skanna kalibreringssymbolen. Den skrivs ut från konsolen, under Etiketter.
calibration-done = Skannern är kalibrerad.
calibration-forget = Ta bort kalibreringen
settings-by-hand = Ställ in för hand
settings-keys = Skannerns tangentbord
settings-keys-us = Engelskt (förvalt)
settings-keys-host = Samma som enheten
settings-separator = Tecken i stället för GS
settings-separator-none = Inget, GS kommer fram
settings-raw = Rå vy
settings-raw-help = Skanna vad som helst för att se vad som kommer fram. GS är skiljetecknet.
settings-raw-entry = Inläst med
settings-sync = Synkronisera nu
outbox-save = Spara till fil
outbox-help = Når enheten inte servern? Spara det som inte är skickat till en fil och lämna den till IT. Det finns kvar här också.
outbox-saved = { $count ->
    [one] En post är sparad i en fil bland nedladdningarna. Lämna filen till IT.
   *[other] { $count } poster är sparade i en fil bland nedladdningarna. Lämna filen till IT.
}
outbox-not-saved = Webbläsaren tog inte emot filen. Tillåt nedladdning och försök igen. Inget har ändrats här.
settings-synced = Senaste kontakt { $time }
settings-never = Aldrig i kontakt med servern
settings-sign-out = Logga ut
sign-out-offline = Du kan inte logga in igen förrän nätet är tillbaka. Logga ut ändå?
sign-out-anyway = Logga ut ändå
settings-user = Inloggad
quick-title = Snabbyte
quick-none = Välj en PIN, så kan du byta till dig på den här enheten också utan nät. Den finns bara här.
quick-pin = Du byter till dig med PIN på den här enheten.
quick-pin-badge = Du byter till dig med bricka och PIN på den här enheten.
quick-password-first = Logga ut och logga in med lösenord för att välja PIN och bricka. Det går de första 15 minuterna.
quick-pin-new = Ny PIN, 6 till 12 siffror
quick-pin-again = Samma PIN igen
quick-save = Spara PIN
quick-differs = De två PIN-koderna är inte lika. Skriv dem igen.
quick-done = Din PIN är sparad på den här enheten.
quick-badge-add = Lägg till bricka
quick-badge-scan = Skanna din bricka. PIN behövs ändå.
quick-badge-done = Din bricka är sparad på den här enheten.
quick-badge-remove = Ta bort brickan
quick-remove = Ta bort snabbyte
settings-alerts = Att känna till
settings-log = Logg
settings-fingerprint = Nyckelns fingeravtryck
settings-key = Nyckel
key-platform = Hos webbläsaren, som inte lämnar ut den
key-store = Bland skanningarna på enheten
settings-version = Version

ask-unreadable = Sidan och dess arbetare förstår inte varandra ({ $reason }). Ladda om sidan.
ask-gone = Appens arbetare svarar inte ({ $reason }). Ladda om sidan.
problem-title = Det gick inte
