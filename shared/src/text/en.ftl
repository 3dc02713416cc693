# Words that all surfaces share.
verdict-ok = OK
verdict-warn = WARNING
verdict-stop = STOP

reason-held = On hold: { $text }. Set the goods aside and contact quality.
reason-maybe-held = May be on hold: { $text }. Compare lot and serial on the label with the hold.
reason-expired = Expired { $expiry }. Set the goods aside for disposal.
reason-wrong-item = Wrong item{ $scanned ->
    [none] {""}
   *[other] {" "}({ $scanned })
  }. Put it back and take the item on the pick list.
reason-wrong-lot = Wrong lot. Take { $lot }, expiry { $expiry }, from place { $place } first.
reason-line-full = The line is full, no more of the item is wanted. Set it aside and scan the next item.
reason-line-full-in-basket = The line is full with the { $units } that lie in the basket already. Set this one aside and scan the next item.
reason-too-many = Too many. { $left } left on the line. Change the count and set the rest aside.
reason-too-many-packed = Too many. The label is a package of { $per_pack }, and { $left } are left on the line. Scan a smaller package or a loose item.
reason-book-elsewhere = By the book the item stands on { $book }, not on { $scanned }. It is booked from { $from }. If that is wrong, scan the shelf you took it from.
reason-book-short = The book says { $units } on { $place }. Count what you took. If the count is right, go on.
reason-serial-again = The serial was already scanned in this task. Scan the next item. If two items bear the same serial: set both aside and contact quality.
reason-serial-count = A serial number is one single product. Set the count to 1.
reason-not-expected = The goods are not part of the delivery. Set them aside and call the supply planner with the order number at the top of the screen.
reason-wrong-place = Wrong place. The right place is { $expected }.
reason-wrong-stop = Wrong stop. The unit is for { $expected }. Put it back in the vehicle.
reason-unit-in-use = The number of the unit is in use already. Take another label.
reason-unknown-unit = The device knows no goods in the unit. Sync, or confirm the delivery under Confirm.
reason-not-loaded = The unit was not scanned onto the vehicle. Check that it is the right one.
reason-unknown-place = The place is not known here or cannot take goods. Scan another place or sync.
reason-no-shelf = This is { $kind ->
    [ward] a ward
    [dispatch] a dispatch area
   *[other] an area
  }, not a shelf. Scan the label on the shelf. If the goods really belong here, go on.
reason-unknown-article = Unknown item. It is kept as it is and matched later.
reason-unread-code = The code cannot be read yet. It is kept as it is and matched later.
reason-no-lot = The label shows no lot. Scan the second barcode if there is one.
reason-no-serial = The item is traced by serial number but the label shows none. Scan the serial.
reason-no-expiry = The label lacks the expiry date the item should have. Check the package.
reason-suspect-separator = A separator may have been lost. Compare lot and serial with the label.
reason-lenient-reading = The code came with a fault and was read all the same. Compare article, lot, serial and date with the print.
reason-uncalibrated = The scanner is not set up. Calibrate it under Settings.
reason-held-aside = Held: { $text }. May not be used, but may be set aside, returned or destroyed.
reason-expired-aside = Expired { $expiry }. May not be used, but may be set aside, returned or destroyed.
reason-wrong-storage = The goods are kept { $needs ->
    [room] at room temperature
    [cool] cool, 8–15 °C
    [cold] in a refrigerator, 2–8 °C
   *[frozen] frozen
}, but the place { $gives ->
    [room] is at room temperature
    [cool] is cool
    [cold] is a refrigerator
    [frozen] is a freezer
   *[none] names no temperature
}. Choose another place.
reason-not-sterile = The goods are sterile and the place is not for sterile goods. Choose a place in the sterile store.
reason-not-for-medicines = Medicines stand apart from other goods. Choose another place.
reason-not-in-book = The book has { $units } here. Count, and make a stock count if that is not so.
reason-later-lot = A later lot than { $lot }, taken for the reason you gave.
reason-below-floor = { $left } would be left and the { $floor ->
        [safety] safety stock
       *[preparedness] preparedness stock
    } is { $keep }. Put the goods back and ask the planner.
reason-floor-taken = { $left } will be left: the { $floor ->
        [safety] safety stock
       *[preparedness] preparedness stock
    } is taken for the reason you gave.
reason-short-life = { $left } days are left, at least { $wanted } are agreed. Ask the foreman.
reason-not-announced = These goods were not announced. Keep them in the basket if they are to be received: a difference is noted.
reason-more-than-announced = { $units } more than announced. Count again; if it stays so, a difference is noted.
reason-lot-not-in-book = The book has no such lot here. The use is counted on the lot that you scanned.
reason-not-set-aside = By the book the goods are not in quarantine here. Scan the place where they were set aside.
reason-not-aid = The article is no assistive device. Choose another task for it.
reason-aid-nowhere = The book does not have this device, or has it as scrapped or lost. Receive it, or count the place where it was found.
reason-half-udi = All of the UDI is needed: product and lot or serial. Scan the other code of the label too. If there is none, do not use the goods; set them aside.
reason-implantable = The goods are an implant. If it is to be implanted, leave this and choose Implant.
reason-not-implantable = The catalogue does not have the goods as an implant. See that they are the right ones.
reason-not-quarantine = This is no quarantine place. Scan the quarantine place, or the same place again if the goods stay there, marked.
reason-not-held = The goods are not under this hold. Leave them.

step-receiving = Goods receipt
step-storing = Put-away
step-picking = Pick
step-shipping = Delivery
step-accepting = Ward receipt
step-packing = Packing
step-dispensing = Use
step-installing = Implant
step-returning = Return
step-destroying = Discard
step-holding = Set aside in quarantine
step-inspecting = Inspection
step-stock_taking = Stock count
step-reserving = Reservation
step-lending = Lending
step-collecting = Pick-up
step-cleaning = Cleaning
step-repairing = Repair

status-available = in place
status-picked = picked
status-in_transit = on its way
status-quarantined = in quarantine
status-used = used
status-destroyed = destroyed
status-returned = returned, awaits a decision
status-sent_back = back at the supplier
status-transferred_out = handed over to another organisation
status-missing = missing
status-reserved = reserved
status-lent = lent
status-to_collect = to be picked up
status-cleaning = being cleaned
status-inspection = awaits inspection
status-repair = in repair

event-count = Stock count
event-differ = Difference
event-check = Receiving check
event-search = Search for held goods
event-handle = Logistic unit handled
event-request = Requisition

cause-damaged = damaged
cause-expired = expired
cause-recalled = recalled
cause-contaminated = contaminated
cause-wrong_item = wrong item
cause-missing = missing
cause-surplus = too many
cause-conditions = wrong temperature or transport
cause-opened = opened package
cause-not_needed = not needed
cause-non_conforming = suspected not to conform
cause-serious_risk = serious risk
cause-falsified = falsified
cause-short_life = too little life left
cause-first_lot_unusable = oldest lot cannot be used
cause-first_lot_not_found = oldest lot is not there
cause-care_needs = care needs it
cause-crisis = decision in a crisis
cause-out_of_stock = shelf is empty
cause-counted = counted otherwise
cause-lost = lost
cause-worn_out = worn out
cause-label = label missing or unreadable
cause-held = held
cause-other = other

role-picker = Picker
role-ward = Ward staff
role-quality = Quality officer
role-planner = Supply planner
role-admin = IT administrator

order-to_pick = To pick
order-to_ship = To deliver
order-to_accept = To confirm
order-done = Done

deviation-negative-stock = Negative stock
deviation-serial-doubled = Serial more than once
deviation-unknown-product = Unknown item
deviation-counted-in-packages = Counted in packages
deviation-moved-under-hold = Moved in spite of a hold
deviation-moved-expired = Moved after expiry
deviation-fork = Forked log
deviation-gap = Gap in log
deviation-unreadable = Unreadable record
deviation-event-conflict = Two versions of one event
deviation-clock-skew = Clock is off
deviation-foreign-void = Void without right
deviation-told-after-rejection = Left out, and told again
deviation-tick-back = Time of the log goes back
deviation-unknown-actor = Person without right
