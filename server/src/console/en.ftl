# Menu
menu = Menu
menu-overview = Overview
menu-trace = Trace
menu-holds = Holds
menu-deviations = Deviations
menu-stock = Stock
menu-orders = Orders
menu-articles = Items
menu-devices = Devices
menu-audit = Access log
menu-labels = Labels
menu-code = What is this code?
skip = Skip to content
languages = Language
footer = Spårhund – traceability from goods receipt to care.
demo = DEMO
demo-explained = Invented region, invented people. Do not enter real data.
demo-people = Demo users
to-overview = To the overview
pages = Pages
previous = Previous
next = Next
filter = Filter
clear = Clear
search = Search

# Sign-in
sign-in = Sign in
sign-out = Sign out
login = User name
password = Password
role = Role
sign-in-wrong = The user name or the password is wrong. After five attempts you must wait some minutes.
sign-in-wait = Too many attempts. Wait some minutes and try again.

# Failures: what happened, and what to do
failure-not-found = Not found
failure-not-found-do = Check the address, or start from the overview.
failure-forbidden = You may not do this
failure-forbidden-do = Sign in as somebody with the right role, or ask an administrator.
failure-conflict = It contradicts what is there
failure-conflict-do = Reload the page and see what has changed.
failure-same-person = Another person must do this
failure-same-person-do = Ask a colleague with the same role.
failure-invalid-value = A value cannot be used
failure-invalid-value-do = Go back, correct the value and send it again. Nothing was changed.
failure-busy = The server is busy
failure-busy-do = Try again in some seconds.
failure-internal = The server failed
failure-internal-do = Nothing was changed. Try again; tell IT if it happens again, the cause is in the server's log.
failure-other = It did not work
failure-other-do = Go back and try again.
no-such-page = There is no page at this address.
csrf-refused = The form was not sent from this page, or the page is too old. Go back, reload and send it again.
forbidden-roles = This needs the role { $roles }.
field-missing = { $field } is missing.

# Overview
open-holds = Holds in force
no-deviations = No open deviations.
all-deviations = All deviations
devices-active = { $count ->
    [one] One active device.
   *[other] { $count } active devices.
  }
last-heard-at = Last heard { $time }.
to-devices = To the devices
go-on = Go on
open-scanner = Open the scanner in this browser
print-labels = Print labels to scan

# Words in tables
article = Item
name = Name
lot = Batch/lot
serial = Serial
expiry = Expiry
place = Place
status = State
units = Units
state = Status
product = Product (GTIN, UDI-DI or item number)
goods = Product
identifier = Identifier
base-units = Base units
held = On hold
expired = Expired
unknown-article = Unknown item
voided = Voided
every = all
reason = Reason
release-reason = Why it is released
hold-incomplete = Give at least product and reason.
not-known = not known
action = Action
no-stock = No stock fits the filter.

# Items
manufacturer = Manufacturer
reference = REF
trace-level = Traced by
trace-by-article = item
trace-by-lot = lot
trace-by-serial = serial
category = Class of goods
category-medicine = medicine
category-device = medical device
category-protective = protective equipment
category-food = food for special medical purposes
category-material = manufacturing material
label-carries = The label carries
made = production date
software = software version
packagings = Packaging levels
stock-of-article = Stock of the item
trace-article = Trace the item
search-articles = Item number, name, REF or GTIN
no-articles = No item fits the search.
no-such-article = The item is not in the catalogue.

# Orders
order = Order
from-store = From store
to-ward = To ward
placed = Placed
lines = Lines
line = Line
wanted = Ordered
picked = Picked
delivered = Delivered
accepted = Confirmed
no-orders = There are no orders.
no-such-order = There is no such order.
new-order = New order
place-order = Place order
lines-hint = Item number or GTIN, and base units. Empty lines are passed over.
article-of-line = Item, line { $line }
units-of-line = Units, line { $line }
units-wrong = The number must be whole, from 1 to 1,000,000.
line-wrong = Line { $line }: { $why }
pick-first = Line { $line }, { $name }: pick first
picked-of-line = Line { $line }: picked, waiting to leave
on-its-way-of-line = Line { $line }: on its way

# Devices
device = Device
last-heard = Last heard
never = never
clock = Clock off
log-state = Log
hold-list = Hold list
hold-list-old = old
hold-list-new = up to date
device-active = active
device-revoked = revoked
device-replaced = changed its key
revoke = Revoke
revoke-means = This cannot be undone: the device cannot sync until it is enrolled again. What is still on it goes to quarantine.
revoke-this = Revoke { $name }
records = Records
records-held = { $seq } records received
records-unsent = at least { $count } missing here
forks = { $count } forks
records-aside = { $count ->
    [one] One record in quarantine
   *[other] { $count } records in quarantine
  }
quarantine = Quarantine
quarantine-explained = This came from a device after it was revoked. None of it counts until a quality officer has decided, or the device is enrolled again and tells it again itself. Ask whoever is named as the user, and look at the shelf.
quarantine-explained-replaced = This came under the old key of the device after it had changed to a new one. Most of it the device tells again under the new key, which is not shown here. None of what is shown counts until you have decided. Ask whoever is named as the user: if it does not come from the device, its old key was lost.
quarantine-reason = Write why: somebody will ask.
quarantine-waits = { $count ->
    [one] One record waits in quarantine and does not count here: it came from a device after it was revoked or changed its key.
   *[other] { $count } records wait in quarantine and do not count here: they came from a device after it was revoked or changed its key.
  }
quarantine-none = Nothing waits for a decision about this device.
quarantine-all = Records in the list, on every page: { $count }. The decision is about all of them. What comes later waits for a decision of its own.
quarantine-changed = Other records wait now than were shown, or somebody has decided. Nothing was changed. Open the quarantine again, and decide about what you see then.
quarantine-decided = Decided
quarantine-decision = Decision
quarantine-taken = Taken into the log
quarantine-rejected = Left out
quarantine-take-in = Take all of it into the log
quarantine-reject = Leave all of it out
quarantine-unreadable = cannot be read by this version
quarantine-what = Event
no-devices = No device is enrolled yet.
no-such-device = There is no such device.
new-code = New enrolment code
qr-code = QR code that opens the scanner with the code
code-until = The code is good until { $time } and can be used once. It is shown only here.
code-how = Scan the QR code with the device's camera, or open the scanner on the device and type the code.
code-here = Enrol this browser instead

# Holds
new-hold = Set a hold
set-hold = Set hold
release = Release
hold-hint = The hold covers the product at every packaging level. Leave lot and serial empty to hold everything.
set = Set
released-at = Released { $time }
other-must-release = In force. Another quality officer must release it.
hold-change = Change what you wrote
hold-check-again = Check again
hold-check = Check before the hold is set
hold-catches = The hold now catches
hold-catches-nothing = Nothing is booked about it: set the hold anyway? It stops nothing that is here now, only what comes later and bears exactly that.
hold-unknown-article = is not in the catalogue
hold-alike = This is booked and looks like what you wrote. Choose it if you meant it:
hold-anyway = Set hold anyway
caught = Catches
catches = { $count ->
    [one] { $shown } unit at { $places } places
   *[other] { $shown } units at { $places } places
  }
catches-one-place = { $count ->
    [one] One unit at one place
   *[other] { $shown } units at one place
  }
catches-none = nothing that is booked
catches-unnamed = { $count ->
    [one] One unit is booked without lot or serial and is stopped too: it may be one of them.
   *[other] { $shown } units are booked without lot or serial and are stopped too: they may be some of them.
  }
no-holds = There are no holds.
since = since { $time }

# Deviations
deviation = Deviation
about = About
found = Found
what-to-do = What to do
hold-named = Hold
deviations-explained = The book may be wrong, the shelf is right. Here is what does not add up; nothing scanned was dropped.
more-deviations = There are more deviations; the newest are shown.
do-negative-stock = Count the place. Something was taken that the book did not know of.
do-serial-doubled = Find the product and look at its label. A serial is one unit.
times-in-books = stands { $count } times in the books
do-unknown-product = Add the item to the catalogue; what was scanned is matched then.
do-counted-in-packages = The goods came before the item was in the catalogue, and the books count each package as one unit. Count at the place and work the number out by hand.
in-one-package = { $count } units in a package
do-moved-under-hold = Find the goods by the trace and set them aside. The device may not have known of the hold.
do-moved-expired = Find the goods by the trace and discard them.
do-fork = Two records claim one place in the log. Examine the device; both are kept.
do-gap = Records have not arrived. Let the device sync.
do-unreadable = The record is kept but cannot be read. Update the server.
do-event-conflict = One event is told in two ways. Ask the person who did it.
do-clock-skew = Set the clock of the device.
do-told-after-rejection = This was left out of the quarantine, and the device sent it again after it was enrolled anew. It does not count. If the goods did move: count the place and book them anew.
do-foreign-void = A device tried to take back what it had not booked itself; that does not count. Examine the device and count the place.
do-tick-back = The time in the log of the device was changed. Revoke the device and compare its events with the holds.
do-unknown-actor = Ask who used the device. Give the person the role if they should have it, otherwise revoke the device.
deviation-delivery-differs = The delivery differs
do-delivery-differs = Contact the sender. Pictures and words are in the event.
deviation-check-failed = The receiving check failed
do-check-failed = The goods may not be made available. Inform the manufacturer or importer (MDR Article 14(2)) and decide about the quarantine.

# Trace
trace-input = Scan, or type GTIN, lot or serial
trace-button = Trace
trace-fields = Search by separate fields
trace-hint = Scan the label on the package, or type what it says. The answer shows where each unit is now and everything that happened.
trace-also = What you typed can mean more than one thing. The first is shown; there is also:
takes-production = the value cannot be a lot or a serial. It has at most 20 characters, no blanks and no accented letters. Copy the label sign by sign.
takes-place = that is no place code. Write a GLN of 13 digits, for a bin followed by a slash and its name, or scan the place label.
takes-product = that is no GTIN and no article number. A GTIN has 8, 12, 13 or 14 digits, the last a check digit: compare with the label.
takes-number = that is no number known here. It has at most 40 characters: compare with the list.
takes-text = the value is empty, too long, or has characters that cannot be printed. Change it and try again.
trace-unreadable = The code cannot be read ({ $code }). Scan the other code on the label, or type the lot or the serial.
trace-unknown = Nothing is booked about it.
trace-sought = Looked for:
trace-not-booked-as = Nothing is booked as:
trace-compare = Compare with the label sign by sign; O and 0, I and 1 differ.
trace-alike = This is booked and looks like what you typed. Compare with the label before you choose:
trace-keyboard = Nothing was looked for: the scanner and this computer use different keyboards, so signs in the lot would change unseen. Set the scanner to the keyboard of the computer and scan again, or type what the label says.
trace-check-digit = The check digit is wrong, so a digit of the number is wrong. That says nothing of what is booked: compare with the label digit by digit and search again.
trace-if-gtin = If that is a GTIN or a package number, one of its digits is wrong, for the check digit does not fit: compare with the label digit by digit and search again.
trace-lenient = The label does not follow its standard, so the lot or serial may be read wrongly. Compare with the label sign by sign, or scan it again.
trace-not-understood = That cannot be understood, and nothing was looked for. Scan the label, or type GTIN, article number, lot or serial without accented letters. Write a GTIN and its lot with a blank between.
trace-package = A package number is not traced by itself. Scan a product in the package.
trace-asset = The code belongs to something that is used again and again (a box, a trolley, equipment), which is not traced here. Scan the label of the product itself.
trace-donation = The code names blood, cells or tissue (ISBT 128), not a device. Search in the transfusion or tissue system instead.
where-now = Where everything is now
sum = Sum
received-total = Received in total
adds-up = The sum equals what was received.
place-owes = { $place } gave away { $count } more than it got by the books. A receipt or move to it was never booked, or the goods were taken elsewhere. Count there.
adds-not-up = The sum differs by { $count } from what was received. See the deviations.
seen-last = seen here last
scanned-code = Scanned code
unread-code = Code nobody could read
expiries-differ = Labels of { $goods } gave different expiry dates: { $dates }. The earliest counts. Compare with the goods.
serial-in-excess = { $goods } stands { $count } times in the books, but a serial is one unit. Find it, and correct the wrong receipt.
each-unit = Each unit
since-when = Since
by-whom = By
csv-units = Download as CSV: where each unit is
csv-events = Download as CSV: everything that happened
flow = The way of the goods
flow-explained = From the supplier on the left to the ward on the right; the width shows the quantity.
supplier-unknown = Unknown supplier
history = Everything that happened
history-cut = { $count } later events are not shown here; the file has them.
time = Time
step = Step
from = From
to = To
patient-token = Patient token
captured = Captured
record = Record
entry-wedge = scanner
entry-camera = camera
entry-typed = typed
entry-rfid = RFID
entry-confirmed = tapped, nothing scanned
proof-of-logs = State of proof of the logs
proof-explained = Each device chains and signs its log. Verified means that the signature was checked and the chain is whole up to there.
log = Log
verified-to = Verified to record
last-record = Last record
gaps = Missing
gaps-more = at least { $count }
forks-short = Forks
proof = Proof
proof-whole = Whole and signed
proof-forked = Forked: two stories
proof-gap = Gap: records are missing
proof-unsigned = The end is not signed yet

# What whoever scanned was warned of and went past; the words stand in the record
doubt-held = the goods were held
doubt-maybe-held = the goods could be held
doubt-expired = the expiry date had passed
doubt-wrong-item = wrong item for the line
doubt-wrong-lot = another lot was to be taken first
doubt-line-full = the line was full already
doubt-line-full-in-basket = the line was full already with what lay in the basket
doubt-too-many = more than the line asked for
doubt-too-many-packed = the package held more than the line asked for
doubt-book-elsewhere = the book had the goods in another place
doubt-book-short = the book had fewer in the place
doubt-serial-again = the serial was scanned already
doubt-serial-count = more than one unit under one serial
doubt-not-expected = the goods were not expected
doubt-wrong-place = wrong place
doubt-unknown-place = the device did not know the place
doubt-no-shelf = the place is no shelf
doubt-unknown-article = the item was unknown
doubt-unread-code = the code could not be read
doubt-no-lot = the label showed no lot
doubt-no-serial = the label showed no serial
doubt-no-expiry = the label showed no expiry date
doubt-suspect-separator = a separator may be missing
doubt-lenient-reading = read in spite of a fault in the code
doubt-uncalibrated = scanner not calibrated
doubt-held-aside = held, set aside
doubt-expired-aside = expired, set aside
doubt-wrong-storage = wrong temperature of the place
doubt-not-sterile = place not for sterile goods
doubt-not-for-medicines = medicines and other goods in one place
doubt-not-in-book = more than the book has there
doubt-later-lot = a later lot than the first was taken with a reason
doubt-below-floor = would have taken of safety or preparedness stock
doubt-floor-taken = took of safety or preparedness stock with a reason
doubt-short-life = less life left than agreed
doubt-lot-not-in-book = lot not there by the book
doubt-not-quarantine = no quarantine place
doubt-not-held = not under the hold that was searched for

# Labels
labels-how = Print on A4 without scaling, or scan from the screen. The symbols are real: GS1 DataMatrix, and GS1-128 on packages.
labels-calibration = Calibrate a scanner
labels-calibration-how = Open Settings on the handheld, choose Calibrate the scanner, and scan the symbol. It shows how the scanner writes, and every reading carries that with it.
no-labels = There is nothing to print: add places and orders first.
labels-of-order = Order { $order } to { $ward }
labels-unknown = Unknown item
labels-sscc = Packages (SSCC)
labels-places = Places
label-held = Gives STOP: on hold
label-expired = Gives STOP: expired
label-unknown = Gives WARNING: not in the catalogue
label-stands = { $place }, { $units } pcs
label-case = Package of { $units } base units
label-sscc = Package label for a delivery

# What is this code?
code-question = What is this code?
code-input = Scan, paste or type the code
code-button = Read the code
code-hint = Keep the cursor in the field and scan. Codes printed with brackets are typed with them, such as (01)07350000000016(10)A1. Nothing is booked here.
code-package = A package of { $count } base units.
code-unknown = Not in the catalogue.
code-unknown-do = Compare the number with the label. If it is right, ask the supply planner to add the article; until then it is kept as unknown when it is scanned.
code-trace = Trace the goods
code-where = The wrong place is marked:
code-here = here

audit-explained = Who read what tells about people: traces that name who handled goods, files, logs and the list of people. What cannot be noted is not told. Reading this list is noted too.
person = Person
read = Read
purpose = Purpose
older = Older
command-line = The server's command line
read-trace = Trace
read-trace_file = Trace as a file
read-people = List of people
read-records = Records of a log
read-log_export = The whole log, to a file
read-audit = This access log

# Servers
menu-sites = Servers
sites-explained = A house may have a server of its own that goes on when the link is cut. When it is back both get all that the other has.
no-sites = No house has a server of its own.
site = House
site-name = Name of the house
site-add = Add a house and show its code
site-behind = Records that differ, at least
site-joined = joined
site-waits = its code is not used
site-alone = works alone right now
site-shut-out = shut out
site-shut = Shut out
site-shut-means = This cannot be undone: the server of the house exchanges nothing until it joins anew. What came from there already stays.
site-shut-this = Shut out { $name }
site-code = Code for { $site }
site-code-how = Run this on the server of the house, with the address at which it reaches this one. Then start it: it exchanges everything from then on.
to-sites = To the servers
no-such-site = There is no such house.
central-server = The central server
central-as = This server is { $site } at { $url }.
central-lost = This server belongs to { $url } and does not exchange with it any more: its access is not in the data directory.
central-lost-do = Holds that are set elsewhere are not seen here. Call whoever runs the server: it must join anew.
alone-since = This server has not reached the central server since { $time }. Holds and events of the rest of the region after that are not here.
alone-ever = This server has not reached the central server yet. Holds and events of the rest of the region are not here.
central-alone = The link is cut; this server works alone.
central-alone-do = Work as usual: everything is kept here and goes when the link is back. Holds that are set elsewhere are not seen here until then.
central-shut-out = The central server does not let this server in.
central-shut-out-do = It will not come right by itself. What is done here stays here, and holds that are set elsewhere are not seen. Call whoever runs the servers.
central-own-store = Nothing is exchanged: this server cannot read or write its own database.
central-own-store-do = Call whoever runs the server. What cannot be stored is refused where it is done, and holds that are set elsewhere are not seen here.
central-equal = Both hold the same.
central-newer = This server has an older program than the central server. Articles, places, people and orders wait. Update this server.
central-older = The central server has an older program than this server. Articles, places, people and orders wait. Update the central server.
central-conflicts = Both hold the same records. Articles, places, people or orders differ: something was changed in two places and waits for a choice.
central-exchanging = The exchange goes on.
central-left-out = { $count ->
    [one] One thing cannot be exchanged; all else is. Show this to whoever runs the servers:
   *[other] { $count } things cannot be exchanged; all else is. Show this to whoever runs the servers:
  }
central-left-out-rows = Articles, places, people and orders
central-for-it = For IT:
central-last = Last exchange { $time }.
central-not-yet = Nothing was exchanged yet.
central-clock = The clock here is { $seconds } s off the central server's. Set it: the times in the trace depend on it.
central-long = That is more than a day ago. Call and ask for holds.

# Conflicts
conflicts = Changed in two places
conflicts-explained = These were changed at two servers while they did not reach each other. The central server's change stands until somebody chooses; a person may do only what both allow. Neither is gone.
conflicts-open = { $count ->
    [one] One row was changed in two places while the link was cut.
   *[other] { $count } rows were changed in two places while the link was cut.
  }
conflicts-see = See and choose
no-conflicts = Nothing waits for a choice.
conflict-found = Found { $time }. The other change came from { $from }.
conflict-why = It could not be put in:
conflict-why-do = Correct one of them so that both have room. Then take the change.
conflict-field = Field
conflict-standing = Stands now
conflict-other = The other
conflict-keep = Keep what stands
conflict-take = Take the change from { $from }
conflict-why-keep = Correct one of them so that both have room, or keep what stands.
conflict-stood = Stood then
conflict-standing-central = At the central server
conflict-standing-there = Where it has no room
conflict-keep-central = Keep the central server's
conflict-kept = What stood was kept.
conflict-taken = The other change was taken.
conflict-resolved = Chosen by { $by } { $time }.
conflict-who = A supply planner chooses.
conflict-who-people = An administrator chooses.
conflict-meet = Until somebody chooses, the person may do only what both allow.
conflict-changed = It was changed since the page was shown. Nothing is chosen.
conflict-choose = Choose which one shall stand.
conflict-password = a password
conflict-password-other = another password
row-article = Item
row-place = Place
row-account = Person
row-order = Order
row-rule = Rule
row-delivery = Announced delivery
row-conflict = Conflict
field-name = Name
field-kind = Kind
field-parent = Part of
field-entity = Legal entity
field-code = Code
field-lines = Lines
field-to = To
field-from = From
field-dispatch = Dispatch
field-placed-at = Placed
field-user = Person
field-password = Password
field-active = May sign in
field-packagings = Packagings
field-reference = Reference of the manufacturer
field-manufacturer = Manufacturer
field-trace = Traced by
field-category = Category
field-emdn = EMDN
field-rule = Kind of rule
field-rules = Needs
field-place = Place
field-article = Item
field-min = Fill up below
field-max = Fill up to
field-safety = Safety stock
field-preparedness = Preparedness stock
field-two-bin = Two bins
field-supplier = Supplier
field-every = One delivery of
field-prefix = Company prefix
field-key = Key
field-units = Base units
field-percent = Per cent
field-address = Address
field-no = Number
field-order = Order
field-expected-at = Expected
field-gone = Taken away
yes = yes
no = no

# Rules
menu-rules = Rules
rule = Rule
rule-about = About
rule-says = Says
rule-stock = Stock level
rule-sampling = Sampling
rule-company-prefix = Company prefix
rule-patient-key = Key of the patient link
rule-count-limit = Limit of counts
rule-printer = Label printer
rule-region = the whole region
rule-all-other = all items without a rule of their own
rule-from = from { $time }
rule-count = { $units } units or { $percent } per cent
rule-remove = Take away
rule-remove-means = Handhelds stop using the rule when they sync.
rule-remove-this = Take the rule away
set-rule = Save the rule
no-rules = No rule fits the filter.
search-rules = Place, item, supplier or printer
new-rule-stock = New stock level
new-rule-sampling = New sampling
new-rule-count-limit = Limit of counts
new-rule-printer = New label printer
new-rule-company-prefix = Company prefix
new-rule-patient-key = New key of the patient link
rule-hint-stock = Filling up belongs to a bin or a ward, safety and preparedness stock to a whole site. A rule about the same place and item is replaced.
rule-hint-sampling = One delivery of so many is checked; 1 means each. Leave the item empty to let the rule hold for the other items of the supplier.
rule-hint-count-limit = A larger difference than this is counted again by somebody else.
rule-hint-printer = The printer takes ZPL at the address, such as printer-1.region.example:9100.
rule-hint-company-prefix = The region's GS1 company prefix, for logistic units packed here: 6 to 11 digits.
rule-hint-patient-key = Public key of the service, 64 hexadecimal digits. It is used from now on. Take an older key away only when all devices have synced.
rule-takes-rule = choose one of the forms.
rule-takes-place = there is no such place, or it is of the wrong kind: filling up belongs to a bin or a ward, safety and preparedness stock to a whole site.
rule-takes-article = the item is not in the catalogue.
rule-takes-min = a whole number from 0 to 1,000,000, no more than it is filled up to.
rule-takes-max = a whole number from 0 to 1,000,000. With two bins at least 1; a rule whose numbers are all 0 says nothing.
rule-takes-safety = a whole number from 0 to 1,000,000.
rule-takes-preparedness = a whole number from 0 to 1,000,000.
rule-takes-supplier = the supplier's name as deliveries have it, at most 200 characters.
rule-takes-every = a whole number from 1 to 1,000.
rule-takes-units = a whole number from 0 to 1,000,000.
rule-takes-percent = a whole number from 0 to 100.
rule-takes-name = the printer's name, at most 200 characters.
rule-takes-address = host and port, such as printer-1.region.example:9100.
rule-takes-prefix = 6 to 11 digits. It stands on the licence from GS1.
rule-takes-key = 64 hexadecimal digits. Copy the key from the patient-link service.
