# Meny
menu = Meny
menu-overview = Översikt
menu-trace = Spårning
menu-holds = Spärrar
menu-deviations = Avvikelser
menu-stock = Lager
menu-orders = Ordrar
menu-articles = Artiklar
menu-devices = Enheter
menu-audit = Åtkomstlogg
menu-labels = Etiketter
menu-code = Vad är koden?
skip = Till innehållet
languages = Språk
footer = Spårhund – spårbarhet från godsmottagning till vård.
demo = DEMO
demo-explained = Påhittad region, påhittade personer. Lägg inte in riktiga uppgifter.
demo-people = Användare i demon
to-overview = Till översikten
pages = Sidor
previous = Föregående
next = Nästa
filter = Filtrera
clear = Rensa
search = Sök

# Inloggning
sign-in = Logga in
sign-out = Logga ut
login = Användarnamn
password = Lösenord
role = Roll
sign-in-wrong = Användarnamnet eller lösenordet är fel. Efter fem försök måste du vänta några minuter.
sign-in-wait = För många försök. Vänta några minuter och försök igen.

# Fel: vad som hände, och vad man gör
failure-not-found = Sidan eller uppgiften finns inte
failure-not-found-do = Kontrollera adressen, eller börja från översikten.
failure-forbidden = Du får inte göra det här
failure-forbidden-do = Logga in som någon med rätt roll, eller be en administratör.
failure-conflict = Det går inte ihop med det som redan finns
failure-conflict-do = Ladda om sidan och se vad som har ändrats.
failure-same-person = En annan person måste göra det
failure-same-person-do = Be en kollega med samma roll.
failure-invalid-value = Ett värde kan inte användas
failure-invalid-value-do = Gå tillbaka, rätta värdet och skicka igen. Inget har ändrats.
failure-busy = Servern har för mycket att göra
failure-busy-do = Försök igen om några sekunder.
failure-internal = Servern klarade inte det här
failure-internal-do = Inget har ändrats. Försök igen; säg till IT om det upprepas, orsaken står i serverns logg.
failure-other = Det gick inte
failure-other-do = Gå tillbaka och försök igen.
no-such-page = Det finns ingen sida på den adressen.
csrf-refused = Formuläret skickades inte från den här sidan, eller så är sidan för gammal. Gå tillbaka, ladda om och skicka igen.
forbidden-roles = Det kräver rollen { $roles }.
field-missing = { $field } saknas.

# Översikt
open-holds = Spärrar i kraft
no-deviations = Inga öppna avvikelser.
all-deviations = Alla avvikelser
devices-active = { $count ->
    [one] En aktiv enhet.
   *[other] { $count } aktiva enheter.
  }
last-heard-at = Senast hörd { $time }.
to-devices = Till enheterna
go-on = Gå vidare
open-scanner = Öppna skannern i den här webbläsaren
print-labels = Skriv ut etiketter att skanna

# Ord i tabeller
article = Artikel
name = Benämning
lot = Batch/lot
serial = Serienummer
expiry = Utgång
place = Plats
status = Läge
units = Antal
state = Status
product = Produkt (GTIN, UDI-DI eller artikelnummer)
goods = Produkt
identifier = Identifierare
base-units = Basenheter
held = Spärrad
expired = Utgången
unknown-article = Okänd artikel
voided = Makulerad
every = alla
reason = Orsak
release-reason = Varför den hävs
hold-incomplete = Ange minst produkt och orsak.
not-known = inte känt
action = Åtgärd
no-stock = Inget lager stämmer med filtret.

# Artiklar
manufacturer = Tillverkare
reference = REF
trace-level = Spåras per
trace-by-article = artikel
trace-by-lot = batch
trace-by-serial = serienummer
category = Varuslag
category-medicine = läkemedel
category-device = medicinteknisk produkt
category-protective = personlig skyddsutrustning
category-food = livsmedel för särskilda medicinska ändamål
category-material = tillverkningsmaterial
label-carries = Etiketten visar
made = tillverkningsdatum
software = programversion
packagings = Förpackningsnivåer
stock-of-article = Lager av artikeln
trace-article = Spåra artikeln
search-articles = Artikelnummer, namn, REF eller GTIN
no-articles = Ingen artikel stämmer med sökningen.
no-such-article = Artikeln finns inte i katalogen.

# Ordrar
order = Order
from-store = Från lager
to-ward = Till avdelning
placed = Lagd
lines = Rader
line = Rad
wanted = Beställt
picked = Plockat
delivered = Levererat
accepted = Bekräftat
no-orders = Det finns inga ordrar.
no-such-order = Ordern finns inte.
new-order = Ny order
place-order = Lägg order
lines-hint = Artikelnummer eller GTIN, och antal basenheter. Tomma rader hoppas över.
article-of-line = Artikel, rad { $line }
units-of-line = Antal, rad { $line }
units-wrong = Antalet ska vara ett heltal från 1 till 1 000 000.
line-wrong = Rad { $line }: { $why }
pick-first = Rad { $line }, { $name }: plocka först
picked-of-line = Rad { $line }: plockat, väntar på leverans
on-its-way-of-line = Rad { $line }: på väg

# Enheter
device = Enhet
last-heard = Senast hörd
never = aldrig
clock = Klockan fel
log-state = Logg
hold-list = Spärrlista
hold-list-old = gammal
hold-list-new = aktuell
device-active = aktiv
device-revoked = avregistrerad
device-replaced = har bytt nyckel
revoke = Avregistrera
revoke-means = Det går inte att ångra: enheten kan inte synka förrän den registreras på nytt. Det som finns kvar på den hamnar i karantän.
revoke-this = Avregistrera { $name }
records = Poster
records-held = { $seq } poster mottagna
records-unsent = minst { $count } saknas här
forks = { $count } förgreningar
records-aside = { $count ->
    [one] En post i karantän
   *[other] { $count } poster i karantän
  }
quarantine = Karantän
quarantine-explained = Det här kom från en enhet efter att den avregistrerades. Inget av det räknas förrän en kvalitetsansvarig har beslutat, eller enheten registreras på nytt och själv berättar det igen. Fråga den som står som användare, och se efter på hyllan.
quarantine-explained-replaced = Det här kom under enhetens gamla nyckel efter att den hade bytt till en ny. Det mesta berättar den igen under den nya och visas inte här. Inget av det som visas räknas förrän du har beslutat. Fråga den som står som användare: kommer det från någon annan än enheten har den gamla nyckeln kommit bort.
quarantine-reason = Skriv varför: någon kommer att fråga.
quarantine-waits = { $count ->
    [one] En post väntar i karantän och räknas inte här: den kom från en enhet efter att den avregistrerades eller bytte nyckel.
   *[other] { $count } poster väntar i karantän och räknas inte här: de kom från en enhet efter att den avregistrerades eller bytte nyckel.
  }
quarantine-none = Inget väntar på beslut för den här enheten.
quarantine-all = Poster i listan, på alla sidor: { $count }. Beslutet gäller dem alla. Det som kommer senare väntar på ett eget beslut.
quarantine-changed = Andra poster väntar nu än de som visades, eller så har någon beslutat. Inget ändrades. Öppna karantänen igen och besluta om det du ser då.
quarantine-decided = Beslutat
quarantine-decision = Beslut
quarantine-taken = Taget in i loggen
quarantine-rejected = Lämnat utanför
quarantine-take-in = Ta in allt i loggen
quarantine-reject = Lämna allt utanför
quarantine-unreadable = kan inte läsas av den här versionen
quarantine-what = Händelse
no-devices = Ingen enhet är registrerad än.
no-such-device = Enheten finns inte.
new-code = Ny registreringskod
qr-code = QR-kod som öppnar skannern med koden
code-until = Koden gäller till { $time } och kan användas en gång. Den visas bara här.
code-how = Skanna QR-koden med enhetens kamera, eller öppna skannern på enheten och skriv koden.
code-here = Registrera den här webbläsaren i stället

# Spärrar
new-hold = Sätt en spärr
set-hold = Spärra
release = Häv spärren
hold-hint = Spärren gäller produkten i alla förpackningsnivåer. Lämna batch och serienummer tomma för att spärra allt.
set = Satt
released-at = Hävd { $time }
other-must-release = I kraft. En annan kvalitetsansvarig måste häva den.
hold-change = Ändra det du skrev
hold-check-again = Kontrollera igen
hold-check = Kontrollera innan spärren sätts
hold-catches = Spärren träffar nu
hold-catches-nothing = Inget är bokfört om det: spärra ändå? Spärren stoppar ingenting som finns här nu, bara det som kommer senare och bär exakt de uppgifterna.
hold-unknown-article = finns inte i katalogen
hold-alike = Det här är bokfört och liknar det du skrev. Välj det om det var det du menade:
hold-anyway = Spärra ändå
caught = Träffar
catches = { $count ->
    [one] { $shown } enhet på { $places } platser
   *[other] { $shown } enheter på { $places } platser
  }
catches-one-place = { $count ->
    [one] En enhet på en plats
   *[other] { $shown } enheter på en plats
  }
catches-none = inget som är bokfört
catches-unnamed = { $count ->
    [one] En enhet är bokförd utan batch eller serienummer och stoppas också, den kan vara en sådan.
   *[other] { $shown } enheter är bokförda utan batch eller serienummer och stoppas också, de kan vara sådana.
  }
no-holds = Det finns inga spärrar.
since = sedan { $time }

# Avvikelser
deviation = Avvikelse
about = Gäller
found = Upptäckt
what-to-do = Att göra
hold-named = Spärr
deviations-explained = Boken kan ha fel, hyllan har rätt. Här står det som inte går ihop; inget skannat har kastats.
more-deviations = Fler avvikelser finns; de nyaste visas.
do-negative-stock = Räkna platsen. Något har tagits därifrån som boken inte visste fanns där.
do-serial-doubled = Leta upp produkten och se på etiketten. Ett serienummer är en enda enhet.
times-in-books = finns { $count } gånger i böckerna
do-unknown-product = Lägg till artikeln i katalogen; då matchas det som redan skannats.
do-counted-in-packages = Varan kom innan artikeln fanns, och boken räknar varje förpackning som en enhet. Räkna på platsen och räkna om antalet för hand.
in-one-package = { $count } enheter i en förpackning
do-moved-under-hold = Sök upp varan via spårningen och ställ den åt sidan. Enheten kan ha saknat spärren.
do-moved-expired = Sök upp varan via spårningen och kassera den.
do-fork = Två poster står på samma plats i loggen. Undersök enheten; båda är sparade.
do-gap = Poster har inte kommit fram. Låt enheten synka.
do-unreadable = Posten är sparad men kan inte tolkas. Uppdatera servern.
do-event-conflict = En händelse berättas på två sätt. Fråga den som utförde den.
do-clock-skew = Ställ klockan på enheten.
do-told-after-rejection = Det här lämnades utanför i karantänen, och enheten skickade det igen efter en ny registrering. Det räknas inte. Flyttades varorna ändå: räkna platsen och bokför dem på nytt.
do-foreign-void = En enhet försökte ångra något den inte själv bokat; det räknas inte. Undersök enheten och räkna platsen.
do-tick-back = Tiden i enhetens logg är ändrad. Spärra enheten och jämför dess händelser med spärrarna.
do-unknown-actor = Fråga vem som använde enheten. Ge personen rollen om den ska ha den, annars spärra enheten.
deviation-delivery-differs = Leveransen stämmer inte
do-delivery-differs = Kontakta avsändaren. Bilder och ord finns i händelsen.
deviation-check-failed = Mottagningskontrollen underkände godset
do-check-failed = Godset får inte tillhandahållas. Informera tillverkare eller importör (MDR artikel 14.2) och besluta om karantänen.

# Spårning
trace-input = Skanna, eller skriv GTIN, batch eller serienummer
trace-button = Spåra
trace-fields = Sök på separata fält
trace-hint = Skanna etiketten på förpackningen, eller skriv det som står på den. Svaret visar var varje enhet finns nu och allt som har hänt.
trace-also = Det du skrev kan betyda mer än en sak. Här visas den första; det här finns också:
takes-production = värdet kan inte vara en batch eller ett serienummer. Det har högst 20 tecken och inga mellanslag eller å, ä, ö. Skriv av etiketten tecken för tecken.
takes-place = det är ingen platskod. Skriv ett GLN med 13 siffror, för en hylla följt av snedstreck och hyllans beteckning, eller skanna platsetiketten.
takes-product = det är inget GTIN och inget artikelnummer. Ett GTIN har 8, 12, 13 eller 14 siffror, den sista en kontrollsiffra: jämför med etiketten.
takes-number = det är inget nummer som finns här. Det har högst 40 tecken: jämför med listan.
takes-text = värdet är tomt, för långt eller innehåller tecken som inte går att skriva ut. Ändra och försök igen.
trace-unreadable = Koden går inte att läsa ({ $code }). Skanna den andra koden på etiketten, eller skriv batch eller serienummer.
trace-unknown = Inget är bokfört om det.
trace-sought = Sökt:
trace-not-booked-as = Inget är bokfört som:
trace-compare = Kontrollera tecken för tecken mot etiketten; O och 0, I och 1 är olika.
trace-alike = Det här är bokfört och liknar det du skrev. Jämför med etiketten innan du väljer:
trace-keyboard = Ingenting har sökts: skannern och datorn har olika tangentbord, så tecken i batchen skulle bytas ut utan att det syns. Ställ in skannern på datorns tangentbord och skanna igen, eller skriv det som står på etiketten.
trace-check-digit = Kontrollsiffran stämmer inte, så en siffra i numret är fel. Det säger inget om vad som är bokfört: jämför med etiketten siffra för siffra och sök igen.
trace-if-gtin = Om det är ett GTIN eller ett kollinummer är en siffra fel, för kontrollsiffran stämmer inte: jämför med etiketten siffra för siffra och sök igen.
trace-lenient = Etiketten följer inte sin standard, så batchen eller serienumret kan vara fel läst. Jämför tecken för tecken med etiketten, eller skanna den igen.
trace-not-understood = Det går inte att förstå, och ingenting har sökts. Skanna etiketten, eller skriv GTIN, artikelnummer, batch eller serienummer utan å, ä och ö. GTIN och batch skrivs med mellanslag emellan.
trace-package = Ett kollinummer spåras inte för sig. Skanna en produkt i kollit.
trace-asset = Koden hör till något som används om och om igen (en låda, en vagn, en utrustning), och det spåras inte här. Skanna produktens egen etikett.
trace-donation = Koden anger blod, celler eller vävnad (ISBT 128), inte en medicinteknisk produkt. Sök i blod- eller vävnadssystemet i stället.
where-now = Var allt finns nu
sum = Summa
received-total = Mottaget totalt
adds-up = Summan stämmer med det mottagna.
place-owes = { $place } har lämnat ifrån sig { $count } fler än den fick enligt böckerna. En mottagning eller flytt dit är inte bokförd, eller så togs varan på en annan plats. Räkna där.
adds-not-up = Summan skiljer { $count } från det mottagna. Se avvikelserna.
seen-last = senast sedd här
scanned-code = Skannad kod
unread-code = Kod som ingen kunde läsa
expiries-differ = Etiketter för { $goods } har gett olika utgångsdatum: { $dates }. Det tidigaste räknas. Jämför med varan.
serial-in-excess = { $goods } finns { $count } gånger i böckerna, men ett serienummer är en enda enhet. Leta upp den och rätta den felaktiga mottagningen.
each-unit = Varje enhet
since-when = Sedan
by-whom = Av
csv-units = Hämta som CSV: var varje enhet finns
csv-events = Hämta som CSV: allt som hänt
flow = Varornas väg
flow-explained = Från leverantör till vänster till avdelning till höger; bredden visar antalet.
supplier-unknown = Okänd leverantör
history = Allt som har hänt
history-cut = { $count } senare händelser visas inte här; de finns i filen.
time = Tid
step = Steg
from = Från
to = Till
patient-token = Patientmärke
captured = Inläst
record = Loggpost
entry-wedge = skanner
entry-camera = kamera
entry-typed = inskriven
entry-rfid = RFID
entry-confirmed = tryckt, inget skannat
proof-of-logs = Loggarnas bevisläge
proof-explained = Varje handenhet kedjar och signerar sin logg. Verifierad betyder att signaturen har prövats och kedjan är hel dit.
log = Logg
verified-to = Verifierad till post
last-record = Sista post
gaps = Saknas
gaps-more = minst { $count }
forks-short = Förgreningar
proof = Bevis
proof-whole = Hel och signerad
proof-forked = Förgrenad: två berättelser
proof-gap = Lucka: poster saknas
proof-unsigned = Slutet är inte signerat än

# Vad den som skannade varnades för och gick förbi; orden står i posten
doubt-held = varan var spärrad
doubt-maybe-held = varan kunde vara spärrad
doubt-expired = utgångsdatumet hade passerat
doubt-wrong-item = fel artikel för raden
doubt-wrong-lot = en annan batch skulle ha tagits först
doubt-line-full = raden var redan full
doubt-line-full-in-basket = raden var redan full med det i korgen
doubt-too-many = fler än raden bad om
doubt-too-many-packed = förpackningen höll fler än raden bad om
doubt-book-elsewhere = boken hade varan på en annan plats
doubt-book-short = boken hade färre på platsen
doubt-serial-again = serienumret var redan skannat
doubt-serial-count = fler än en enhet på ett serienummer
doubt-not-expected = varan var inte väntad
doubt-wrong-place = fel plats
doubt-unknown-place = enheten kände inte platsen
doubt-no-shelf = platsen är ingen hylla
doubt-unknown-article = artikeln var okänd
doubt-unread-code = koden gick inte att läsa
doubt-no-lot = etiketten visade ingen batch
doubt-no-serial = etiketten visade inget serienummer
doubt-no-expiry = etiketten visade inget utgångsdatum
doubt-suspect-separator = skiljetecken kan saknas
doubt-lenient-reading = tolkad trots fel i koden
doubt-uncalibrated = okalibrerad skanner
doubt-held-aside = spärrad, ställd undan
doubt-expired-aside = utgången, ställd undan
doubt-wrong-storage = fel temperatur på platsen
doubt-not-sterile = platsen är inte för sterilt gods
doubt-not-for-medicines = läkemedel och annat gods på samma plats
doubt-not-in-book = fler än systemet har på platsen
doubt-later-lot = en senare batch än den första togs med orsak
doubt-below-floor = skulle ha tagit av säkerhets- eller beredskapslagret
doubt-floor-taken = tog av säkerhets- eller beredskapslagret med orsak
doubt-short-life = kortare hållbarhet än avtalat
doubt-lot-not-in-book = batchen finns inte på platsen enligt systemet
doubt-not-quarantine = ingen karantänplats
doubt-not-held = inte spärrad av det sökta meddelandet

# Etiketter
labels-how = Skriv ut på A4 utan skalning, eller skanna direkt från skärmen. Symbolerna är riktiga: GS1 DataMatrix, och GS1-128 på kollin.
labels-calibration = Kalibrera en skanner
labels-calibration-how = Öppna Inställningar på handdatorn, välj Kalibrera skannern och skanna symbolen. Då visar det sig hur skannern skriver, och varje avläsning bär det med sig.
no-labels = Det finns inget att skriva ut: lägg upp platser och ordrar först.
labels-of-order = Order { $order } till { $ward }
labels-unknown = Okänd artikel
labels-sscc = Kollin (SSCC)
labels-places = Platser
label-held = Ger STOPP: spärrad
label-expired = Ger STOPP: utgången
label-unknown = Ger VARNING: finns inte i katalogen
label-stands = { $place }, { $units } st
label-case = Förpackning med { $units } basenheter
label-sscc = Kollietikett för en leverans

# Vad är det här för en kod?
code-question = Vad är det här för en kod?
code-input = Skanna, klistra in eller skriv av koden
code-button = Läs koden
code-hint = Håll markören i fältet och skanna. Koder som är tryckta med parenteser skrivs av med parenteserna, som (01)07350000000016(10)A1. Ingenting bokförs här.
code-package = En förpackning med { $count } basenheter.
code-unknown = Okänd i katalogen.
code-unknown-do = Kontrollera numret mot etiketten. Stämmer det, be försörjningsplaneraren lägga in artikeln; tills dess sparas den som okänd när den skannas.
code-trace = Spåra varan
code-where = Felet är markerat:
code-here = här

audit-explained = Vem som har läst uppgifter som säger något om personer: spårningar som namnger vem som hanterat varor, filer, loggar och personlistan. Det som inte kan antecknas lämnas inte ut. Att läsa listan antecknas också.
person = Person
read = Läste
purpose = Ändamål
older = Äldre
command-line = Serverns kommandorad
read-trace = Spårning
read-trace_file = Spårning som fil
read-people = Personlistan
read-records = Poster ur en logg
read-log_export = Hela loggen, till fil
read-audit = Åtkomstloggen

# Servrar
menu-sites = Servrar
sites-explained = Ett hus kan ha en egen server som arbetar vidare när förbindelsen bryts. När den är tillbaka får båda allt som den andra har.
no-sites = Inget hus har en egen server.
site = Hus
site-name = Husets namn
site-add = Lägg till ett hus och visa koden
site-behind = Poster som skiljer, minst
site-joined = ansluten
site-waits = koden är inte använd
site-alone = arbetar ensam just nu
site-shut-out = utestängd
site-shut = Stäng ute
site-shut-means = Det går inte att ångra: husets server utbyter inget mer förrän den ansluts på nytt. Det som redan kom därifrån står kvar.
site-shut-this = Stäng ute { $name }
site-code = Kod för { $site }
site-code-how = Kör det här på husets server, med den adress som den når den här servern på. Starta den sedan: den utbyter allt från då.
to-sites = Till servrarna
no-such-site = Huset finns inte.
central-server = Centralservern
central-as = Den här servern är { $site } hos { $url }.
central-lost = Den här servern hör till { $url } och utbyter inget med den längre: dess behörighet finns inte i datakatalogen.
central-lost-do = Spärrar som sätts någon annanstans syns inte här. Ring den som sköter servern: den måste anslutas på nytt.
alone-since = Den här servern når inte centralservern sedan { $time }. Spärrar och händelser från resten av regionen efter det finns inte här.
alone-ever = Den här servern har inte nått centralservern än. Spärrar och händelser från resten av regionen finns inte här.
central-alone = Förbindelsen är bruten; den här servern arbetar ensam.
central-alone-do = Arbeta som vanligt: allt sparas här och går iväg när förbindelsen är tillbaka. Spärrar som sätts någon annanstans syns inte här förrän då.
central-shut-out = Centralservern släpper inte in den här servern.
central-shut-out-do = Det rättar sig inte av sig självt. Det som görs här stannar här, och spärrar som sätts någon annanstans syns inte. Ring den som sköter servrarna.
central-own-store = Inget utbyts: den här servern kan inte läsa eller skriva sin egen databas.
central-own-store-do = Ring den som sköter servern. Det som inte kan sparas nekas där det görs, och spärrar som sätts någon annanstans syns inte här.
central-equal = Båda har samma.
central-newer = Den här servern har ett äldre program än centralservern. Artiklar, platser, personer och ordrar väntar. Uppdatera den här servern.
central-older = Centralservern har ett äldre program än den här servern. Artiklar, platser, personer och ordrar väntar. Uppdatera centralservern.
central-conflicts = Båda har samma poster. Artiklar, platser, personer eller ordrar skiljer: något ändrades på två håll och väntar på ett val.
central-exchanging = Utbytet pågår.
central-left-out = { $count ->
    [one] En sak går inte att utbyta; allt annat går. Visa det här för den som sköter servrarna:
   *[other] { $count } saker går inte att utbyta; allt annat går. Visa det här för den som sköter servrarna:
  }
central-left-out-rows = Artiklar, platser, personer och ordrar
central-for-it = För IT:
central-last = Senaste utbytet { $time }.
central-not-yet = Inget utbyte har gjorts än.
central-clock = Klockan här går { $seconds } s fel mot centralserverns. Ställ den: tiderna i spåret beror på den.
central-long = Det är mer än ett dygn sedan. Ring och fråga om spärrar.

# Konflikter
conflicts = Ändrat på två håll
conflicts-explained = De här uppgifterna ändrades på två servrar medan de inte nådde varandra. Centralserverns ändring gäller tills någon väljer; en person får bara det som båda tillåter. Ingen av dem är borta.
conflicts-open = { $count ->
    [one] En uppgift ändrades på två håll medan förbindelsen var bruten.
   *[other] { $count } uppgifter ändrades på två håll medan förbindelsen var bruten.
  }
conflicts-see = Se och välj
no-conflicts = Inget väntar på ett val.
conflict-found = Upptäckt { $time }. Den andra ändringen kom från { $from }.
conflict-why = Den kunde inte läggas in:
conflict-why-do = Rätta den ena så att båda får plats. Ta sedan ändringen.
conflict-field = Uppgift
conflict-standing = Gäller nu
conflict-other = Den andra
conflict-keep = Behåll det som gäller
conflict-take = Ta ändringen från { $from }
conflict-why-keep = Rätta den ena så att båda får plats, eller behåll det som gäller.
conflict-stood = Gällde då
conflict-standing-central = På centralservern
conflict-standing-there = Där den saknar plats
conflict-keep-central = Behåll centralserverns
conflict-kept = Det som gällde behölls.
conflict-taken = Den andra ändringen togs.
conflict-resolved = Valt av { $by } { $time }.
conflict-who = En försörjningsplanerare väljer.
conflict-who-people = En administratör väljer.
conflict-meet = Tills någon väljer får personen bara det som båda tillåter.
conflict-changed = Uppgiften har ändrats sedan sidan visades. Inget är valt.
conflict-choose = Välj vilken som ska gälla.
conflict-password = ett lösenord
conflict-password-other = ett annat lösenord
row-article = Artikel
row-place = Plats
row-account = Person
row-order = Order
row-rule = Regel
row-delivery = Aviserad leverans
row-conflict = Konflikt
field-name = Benämning
field-kind = Slag
field-parent = Ligger i
field-entity = Juridisk person
field-code = Kod
field-lines = Rader
field-to = Till
field-from = Från
field-dispatch = Utlastning
field-placed-at = Lagd
field-user = Person
field-password = Lösenord
field-active = Får logga in
field-packagings = Förpackningar
field-reference = Artikelnummer hos tillverkaren
field-manufacturer = Tillverkare
field-trace = Spåras på
field-category = Kategori
field-emdn = EMDN
field-rule = Slags regel
field-rules = Krav
field-place = Plats
field-article = Artikel
field-min = Fyll på under
field-max = Fyll på till
field-safety = Säkerhetslager
field-preparedness = Beredskapslager
field-two-bin = Tvåbingar
field-supplier = Leverantör
field-every = En leverans av
field-prefix = Företagsprefix
field-key = Nyckel
field-units = Basenheter
field-percent = Procent
field-address = Adress
field-no = Nummer
field-order = Order
field-expected-at = Väntas
field-gone = Borttagen
yes = ja
no = nej

# Regler
menu-rules = Regler
rule = Regel
rule-about = Gäller
rule-says = Innehåll
rule-stock = Lagernivå
rule-sampling = Stickprov
rule-company-prefix = Företagsprefix
rule-patient-key = Nyckel till patientkopplingen
rule-count-limit = Gräns för inventering
rule-printer = Etikettskrivare
rule-region = hela regionen
rule-all-other = alla artiklar utan egen regel
rule-from = från { $time }
rule-count = { $units } enheter eller { $percent } procent
rule-remove = Ta bort
rule-remove-means = Handenheterna slutar använda regeln när de synkar.
rule-remove-this = Ta bort regeln
set-rule = Spara regeln
no-rules = Ingen regel stämmer med filtret.
search-rules = Plats, artikel, leverantör eller skrivare
new-rule-stock = Ny lagernivå
new-rule-sampling = Nytt stickprov
new-rule-count-limit = Gräns för inventering
new-rule-printer = Ny etikettskrivare
new-rule-company-prefix = Företagsprefix
new-rule-patient-key = Ny nyckel till patientkopplingen
rule-hint-stock = Påfyllning hör till en hylla eller en avdelning, säkerhetslager och beredskapslager till ett helt lager. Finns det redan en regel för platsen och artikeln ersätts den.
rule-hint-sampling = En leverans av så många kontrolleras; 1 betyder varje. Lämna artikeln tom för att låta regeln gälla leverantörens övriga artiklar.
rule-hint-count-limit = En större skillnad än så räknas om av någon annan.
rule-hint-printer = Skrivaren tar emot ZPL på adressen, som skrivare-1.region.example:9100.
rule-hint-company-prefix = Regionens GS1-företagsprefix, för kollin som packas här: 6 till 11 siffror.
rule-hint-patient-key = Tjänstens publika nyckel, 64 hexadecimala siffror. Den används från nu. Ta bort en äldre nyckel först när alla enheter har synkat.
rule-takes-rule = välj ett av formulären.
rule-takes-place = platsen finns inte, eller är av fel slag: påfyllning hör till en hylla eller en avdelning, säkerhets- och beredskapslager till ett helt lager.
rule-takes-article = artikeln finns inte i katalogen.
rule-takes-min = ett helt antal från 0 till 1 000 000, högst så många som det fylls på till.
rule-takes-max = ett helt antal från 0 till 1 000 000. Med två bingar minst 1; är alla antal 0 säger regeln inget.
rule-takes-safety = ett helt antal från 0 till 1 000 000.
rule-takes-preparedness = ett helt antal från 0 till 1 000 000.
rule-takes-supplier = leverantörens namn som det står på leveranser, högst 200 tecken.
rule-takes-every = ett helt tal från 1 till 1 000.
rule-takes-units = ett helt antal från 0 till 1 000 000.
rule-takes-percent = ett helt tal från 0 till 100.
rule-takes-name = skrivarens namn, högst 200 tecken.
rule-takes-address = värd och port, som skrivare-1.region.example:9100.
rule-takes-prefix = 6 till 11 siffror. Det står på licensen från GS1.
rule-takes-key = 64 hexadecimala siffror. Kopiera nyckeln från patientkopplingstjänsten.
