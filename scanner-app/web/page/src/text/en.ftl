# The scanner page's words.
app-name = Spårhund
starting = Starting …
in-use-title = Open in another tab
in-use-text = Spårhund is already open on this device. Close the other tab and this one goes on by itself.
fatal-title = Spårhund cannot start
fatal-again = Load again

back = Back
close = Close
cancel = Cancel
settings = Settings

status-online = Online
status-offline = Offline
status-offline-since = Offline since { $time }
status-unsent = { $count ->
    [0] all sent
   *[other] { $count } waiting
  }
status-fetching = fetching the register ({ $count } articles)
status-holds = hold list { $time }
status-holds-none = no hold list

enrol-title = Enrol this device
enrol-help = Scan the code that the console shows under Devices, or type it.
enrol-code = Code
enrol-name = Name of the device
enrol-name-hint = For example Store 3
enrol-submit = Enrol

sign-in-title = Sign in
login = User name
password = Password
sign-in = Sign in

people-title = Who are you?
people-badge = Scan your badge, or tap your name.
people-password = Sign in by password
switch-open = Switch
switch-title = Switch person
pin-enter = Enter your PIN.
pin-length = { $count } digits entered
pin-checking = Checking …
pin-wait = Wait { $seconds } s.
pin-tries = { $left } tries left.
pin-back = Take the last digit away
pin-send = OK

tasks-title = Tasks
task-receive = Receive
task-pick = Pick
task-deliver = Deliver
task-confirm = Confirm
task-nothing = Your role has no tasks here. Ask IT for the right role.
tasks-incomplete = The register has not been fetched completely. Wait before you scan, or goods will be unknown.
tasks-stranded = May not leave: { $count } pcs { $name }, picked for { $order }. Fetch them from { $place }.
tasks-open = Begun
tasks-resume = Go on: { $what }

orders-none-pick = Nothing to pick.
orders-none-deliver = Nothing to deliver.
orders-none-confirm = Nothing is on its way to the ward.
order-progress = { $done } of { $wanted } pcs
order-to-deliver = { $left } pcs to deliver
order-to-confirm = { $left } pcs to confirm

receive-title = Receive goods
receive-supplier = Supplier
receive-reference = Delivery note (optional)
receive-start = Begin

prompt-item = Scan the item
prompt-more-items = Scan the next item or a place
prompt-place = Scan the place label
prompt-bin = Scan the place where the item was
prompt-ward = Scan the label of { $ward }
prompt-needs-more = Scan the other code of the label too
known-already = The same as on the label before. If it is of the next package, scan its other code.
open-scan-over = Time is over. Give up the reading and scan the whole label again.
open-scan-drop = Give up this reading
place-choose = Choose place from list
place-search = Find place
place-none = No place has that name.
place-taken = Place: { $name }
place-at = Place
ward-taken = Ward: { $name }
sscc-taken = Package { $sscc }

line-left = { $left } of { $wanted } left
line-picked = { $picked } of { $wanted } picked
line-to-deliver = { $left } to deliver
line-delivered = { $shipped } delivered
line-confirmed = { $accepted } of { $wanted } confirmed
line-to-confirm = { $left } to confirm
line-done = Done
line-in-basket = { $count } in the basket
suggestion-next = Then from
suggestion-take = Take from
taken-from = Taken from
suggestion-none = No stock in the system. Take what is on the shelf.
suggestion-there = { $count } pcs there

item-lot = Batch/lot
item-serial = Serial number
item-expiry = Expiry date
item-made = Made
item-none = –
quantity = Quantity
quantity-plus = One more
quantity-minus = One less
quantity-packs = { $packs } packs = { $units } pcs
basket-also = Also in the basket
basket-clear = Empty the basket
basket-clear-question = Everything is taken out and must be scanned again. Empty it?
basket-keep = Keep
basket-remove = Remove

book-receive = Receive { $count } pcs

deed-store = Put away
deed-use = Take out
ask-from = Scan the place the goods are taken from
ask-to = Scan the place the goods are put in
ask-goods = Scan the goods
ask-unit = Scan the label of the unit (SSCC)
ask-reason = Choose a reason
ask-patient = Scan the wristband of the patient
ask-use-from = Scan the label of the ward or the bin
place-from = From
hints = Suitable places
hint-units = { $count } pcs
hint-same_lot = same lot
hint-same_article = same article
hint-by_rule = by plan
hint-in_book = by the book
hint-perhaps = may be there
book-store = Put away { $count } pcs
book-use = Take out { $count } pcs
booked-now = { $name }: { $count } pcs booked
booked-there = { $count } pcs booked at { $name }
book-pick = Pick { $count } pcs
book-confirm = Confirm { $count } pcs
ship = Deliver { $count } pcs
book-stopped = Something in the basket is stopped. Show what
ship-stopped = Nothing may leave. Show why
ship-nothing = Nothing is booked. Set this aside first:
stays-behind = { $count } pcs may not leave.
confirm-line = Correct
confirm-all = All correct ({ $count } pcs)
confirm-book-next = All of it is in the basket, but not booked yet. Tap Confirm.
basket-unbooked = { $count } pcs in the basket are not booked yet. Continue the task to book them.
booked = Booked: { $count } pcs
undone = Undone
undo = Undo ({ $left } s)
kept-back = Stayed behind: { $count } pcs { $name }.
order = Order
task-done = All done here.
task-done-so-far = Nothing more to do right now. The order is not complete, the rest comes later.
to-list = To the list

stop-aside = I have set the goods aside
stop-put-back = I have put the goods back
stop-understood = I understand
warn-read = I have read this
taken-out = Out of the basket: { $name }
verdict-place-ok = Right place
show-code = Show the code
scan-choose = Several codes. Which one is it?
scan-choose-reading = The code can be read in several ways. Choose what the label says:
scan-ignored = Choose a task first, then scan.
scan-supplier-first = Write the supplier first, then scan.
scan-missed = { $count ->
    [one] One scan was not taken while the stop stood. Scan it again.
   *[other] { $count } scans were not taken while the stop stood. Scan them again.
  }
candidate-logistic = Package
candidate-place = Place
candidate-asset = Asset
candidate-donation = Blood, cells or tissue with a donation number, no medical device
candidate-part = Part of a label

typed-open = Type code
typed-label = Code, for example (01)07350000000016(10)ABC
typed-submit = Use
camera-open = Camera
camera-aim = Hold the code inside the frame
camera-file = Take or choose picture
camera-torch = Lamp
camera-zoom = Nearer
camera-close = Close camera
camera-nothing = No code was found in the picture. Go closer and hold still.
camera-denied = The camera may not be used ({ $reason }). Allow it in the browser, or take a picture.
camera-none = No camera was found. Type the code or use the scanner.
camera-taken = Another program uses the camera. Close it, or type the code.
camera-no-picture = The file is no picture that the browser can show. Choose one in JPEG or PNG, or take a new one.
camera-failed = The camera's decoder does not answer ({ $reason }). Type the code instead.

settings-language = Language
settings-device = Device
settings-device-name = Name
settings-region = Region
settings-server = Server
settings-own-server = The page's own address
settings-articles = Articles on the device
settings-store = Scans on the device
settings-durable = Survive power loss
settings-not-durable = May be lost with the power
settings-persisted = Protected from clearing by the browser
settings-not-persisted = Not protected from clearing. Install the app on the home screen.
settings-scanner = Scanner
calibration-none = The scanner is not calibrated. It can be used, but the trace shows that nobody has checked how it writes.
calibration-is = Calibrated.
calibration-by-hand = Set by hand, not calibrated.
calibration-keys-physical = The keys are read as the scanner means them.
calibration-keys-same = Characters come through as they are.
calibration-keys-swedish = Characters are turned back from a Swedish keyboard.
calibration-keys-learned = Characters are turned back from the keyboard of the device.
calibration-separator = The separator comes as { $character }.
calibration-separator-gs = The separator comes through.
calibration-aim = The kind of code is sent along.
calibration-no-aim = The kind of code is not sent along: better set the scanner to AIM prefix.
calibration-start = Calibrate the scanner
calibration-cancel = Cancel the calibration
calibration-scan = Scan the calibration symbol. It is printed from the console, under Labels.
calibration-done = The scanner is calibrated.
calibration-forget = Remove the calibration
settings-by-hand = Set by hand
settings-keys = Keyboard of the scanner
settings-keys-us = English (factory setting)
settings-keys-host = Same as the device
settings-separator = Character in place of GS
settings-separator-none = None, GS comes through
settings-raw = Raw view
settings-raw-help = Scan anything to see what arrives. GS is the separator.
settings-raw-entry = Read by
settings-sync = Synchronise now
outbox-save = Save to a file
outbox-help = Does this device not reach the server? Save what is not sent to a file and give it to IT. It stays here too.
outbox-saved = { $count ->
    [one] One record is saved in a file among the downloads. Give the file to IT.
   *[other] { $count } records are saved in a file among the downloads. Give the file to IT.
}
outbox-not-saved = The browser did not take the file. Allow downloads and try again. Nothing was changed here.
settings-synced = Last contact { $time }
settings-never = Never in contact with the server
settings-sign-out = Sign out
sign-out-offline = You cannot sign in again until the network is back. Sign out anyway?
sign-out-anyway = Sign out anyway
settings-user = Signed in
quick-title = Quick switch
quick-none = Choose a PIN, and you can switch to yourself on this device without network too. It is kept here alone.
quick-pin = You switch to yourself by PIN on this device.
quick-pin-badge = You switch to yourself by badge and PIN on this device.
quick-password-first = Sign out and sign in by password to choose PIN and badge. You may within 15 minutes.
quick-pin-new = New PIN, 6 to 12 digits
quick-pin-again = The same PIN again
quick-save = Keep PIN
quick-differs = The two PINs are not the same. Enter them again.
quick-done = Your PIN is kept on this device.
quick-badge-add = Add badge
quick-badge-scan = Scan your badge. The PIN is needed all the same.
quick-badge-done = Your badge is kept on this device.
quick-badge-remove = Remove the badge
quick-remove = Remove quick switch
settings-alerts = Good to know
settings-log = Log
settings-fingerprint = Fingerprint of the key
settings-key = Key
key-platform = With the browser, which gives it to no page
key-store = Among the scans on the device
settings-version = Version

ask-unreadable = Page and worker do not understand each other ({ $reason }). Load the page again.
ask-gone = The app's worker does not answer ({ $reason }). Load the page again.
problem-title = It could not be done
