//! The screens of the page and their states: one row each, in the order of the walk.

use super::step::{Label, Step};

use Label::{Bin, Expired, LostSeparator, LotA, LotB, OtherWard, Serial, Text, Ward};
use Step::{
    BookingIsOld, CloseAccount, Home, Offline, Online, Reload, RevokeDevice, Scan, See, Show, Tap, Type,
    TypeCode, Wait,
};

/// A screen, or a state of one that is worth a look.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Names its pictures.
    pub name: &'static str,
    /// From the row before to here. The last step waits for what makes it this screen.
    pub way: &'static [Step],
}

const fn row(name: &'static str, way: &'static [Step]) -> Row {
    Row { name, way }
}

const VERDICT: Step = Wait("verdict");
const OK: Step = See("[data-test=verdict][data-verdict=ok]");
const STOP: Step = See("[data-test=verdict][data-verdict=stop]");

/// PIN that whoever works here chooses.
const PIN: &str = "280571";

/// Every screen. To add one: a row where the walk comes by, from the row before and so that the row behind still finds its way;
/// a flow of its own begins and ends with [`Step::Home`].
pub const ROWS: &[Row] = &[
    row("enrol", &[Wait("enrol-code")]),
    row("enrol-empty", &[Tap("enrol-submit"), Wait("problem")]),
    row(
        "enrol-refused",
        &[
            Type("enrol-code", "FEL0-FEL0-FEL0"),
            Type("enrol-name", "Handdator 7"),
            Tap("enrol-submit"),
            See("[data-test=problem]"),
        ],
    ),
    row(
        "sign-in",
        &[TypeCode("enrol-code"), Tap("enrol-submit"), Wait("login")],
    ),
    row(
        "sign-in-refused",
        &[
            Type("login", "spar"),
            Type("password", "fel"),
            Tap("sign-in"),
            Wait("problem"),
        ],
    ),
    row(
        "tasks",
        &[
            Type("password", "en lång mening om hundar"),
            Tap("sign-in"),
            Wait("task-receive"),
            See("[data-test=status-line][data-complete=true][data-unsent=\"0\"]"),
        ],
    ),
    row(
        "tasks-scan-ignored",
        &[Scan(Text("]d20107350000000109")), Wait("problem")],
    ),
    // Goods receipt.
    row(
        "receive-supplier",
        &[Tap("task-receive"), Wait("receive-supplier")],
    ),
    row("receive-supplier-empty", &[Tap("receive-start"), Wait("problem")]),
    row(
        "receive-empty",
        &[
            Type("receive-supplier", "Provbolaget AB"),
            Tap("receive-start"),
            Wait("typed-open"),
        ],
    ),
    row("receive-typed", &[Tap("typed-open"), Wait("typed-input")]),
    row(
        "receive-refused",
        &[
            Type("typed-input", "(01)07350000000109(10)A"),
            Tap("typed-submit"),
            Wait("show-code"),
        ],
    ),
    row("receive-refused-code", &[Tap("show-code"), Wait("refused-code")]),
    row("receive-camera", &[Tap("camera-open"), Wait("camera-file")]),
    row("receive-ok", &[Tap("camera-close"), Scan(LotA), OK]),
    row(
        "receive-warn",
        &[Scan(Text("]d201040063813339311728013110OKAND")), VERDICT],
    ),
    row("receive-stop", &[Scan(Expired), STOP]),
    row("receive-stop-missed", &[Scan(LotA), Wait("stop-missed")]),
    row(
        "receive-choose",
        &[Tap("verdict-close"), Scan(LostSeparator), Wait("choose-0")],
    ),
    row("receive-goods", &[Tap("choose-none"), Scan(Serial), OK]),
    row("receive-clear", &[Tap("basket-clear"), Wait("basket-keep")]),
    row(
        "receive-place-list",
        &[Tap("basket-keep"), Tap("place-choose"), Wait("place-search")],
    ),
    row(
        "receive-place-none",
        &[Type("place-search", "Finns inte"), See(".places p")],
    ),
    row("receive-place", &[Scan(Bin), Wait("place-name")]),
    row("wipe-lock", &[Tap("wipe-lock"), Wait("wiping")]),
    row(
        "receive-booked",
        &[See("body:not(:has(.wipe-lock))"), Tap("book"), Wait("undo")],
    ),
    row("receive-other-lot", &[Scan(LotB), OK, Wait("undo")]),
    row("receive-left", &[Tap("back"), Wait("resume")]),
    // Picking.
    row("orders", &[Tap("task-pick"), Wait("order-ORDER")]),
    row("pick-lines", &[Tap("order-ORDER"), Wait("line-1")]),
    row(
        "pick-stop",
        &[Scan(Text("]d201040063813339311728013110FEL")), STOP],
    ),
    row("pick-stop-code", &[Tap("show-code"), Wait("refused-code")]),
    row(
        "pick-ok",
        &[
            Tap("verdict-close"),
            Scan(Bin),
            Wait("verdict"),
            Scan(LotA),
            VERDICT,
        ],
    ),
    row("pick-goods", &[Scan(Serial), VERDICT]),
    row("pick-booked", &[Tap("book"), Wait("undo")]),
    // Delivery.
    row(
        "deliver-lines",
        &[
            BookingIsOld,
            Home,
            Tap("task-deliver"),
            Tap("order-ORDER"),
            Wait("ward-prompt"),
        ],
    ),
    row("deliver-place-list", &[Tap("place-choose"), Wait("place-search")]),
    row("deliver-stop", &[Scan(OtherWard), STOP]),
    row(
        "deliver-ward",
        &[Tap("verdict-close"), Scan(Ward), Wait("place-name")],
    ),
    row("deliver-booked", &[Tap("ship"), Wait("undo")]),
    // Ward receipt, without network.
    row("offline-tasks", &[BookingIsOld, Home, Offline]),
    row("confirm-orders", &[Tap("task-confirm"), Wait("delivery-ORDER")]),
    row("confirm-lines", &[Tap("delivery-ORDER"), Wait("confirm-all")]),
    row("confirm-all-in", &[Tap("confirm-all"), Wait("not-booked")]),
    row("confirm-booked", &[Tap("book"), Wait("undo")]),
    row("confirm-done", &[BookingIsOld, Wait("task-done")]),
    row("offline-unsent", &[Home]),
    row(
        "sign-out-offline",
        &[Tap("settings-open"), Tap("sign-out"), Wait("sign-out-question")],
    ),
    // Settings.
    row("settings-outbox", &[Show("outbox-save")]),
    row(
        "settings",
        &[Tap("back"), Online, Tap("settings-open"), Wait("persisted")],
    ),
    row("settings-quick", &[Show("quick-state")]),
    row("settings-quick-empty", &[Tap("quick-save"), Wait("problem")]),
    row("settings-store", &[Show("persisted")]),
    row("settings-self-test", &[Show("self-test")]),
    row("settings-scanner", &[Show("scanner-profile")]),
    row(
        "settings-calibration",
        &[Tap("calibrate"), Wait("calibration-wait")],
    ),
    row(
        "settings-calibration-refused",
        &[Scan(Text("]d20107350000000109")), Wait("problem")],
    ),
    row("settings-device", &[Tap("calibrate"), Show("key")]),
    // Practice, and in it the work that no order asks for.
    row("training-begin", &[Show("training-toggle")]),
    row("training", &[Tap("training-toggle"), Wait("training")]),
    row("replenish", &[Tap("deed-replenish"), Wait("asked")]),
    row("store", &[Home, Tap("deed-store"), Wait("asked")]),
    row("store-goods", &[Scan(LotA), OK]),
    row("use", &[Home, Tap("deed-use"), Scan(Ward), Wait("place-from")]),
    row(
        "discard",
        &[Home, Tap("deed-discard"), Scan(Bin), Wait("reason-damaged")],
    ),
    row("count", &[Home, Tap("deed-count"), Scan(Bin), Wait("place-from")]),
    row(
        "training-ended",
        &[
            Home,
            Tap("settings-open"),
            Tap("training-toggle"),
            Tap("settings-open"),
            Wait("persisted"),
        ],
    ),
    // People.
    row(
        "people",
        &[
            Type("quick-new", PIN),
            Type("quick-again", PIN),
            Tap("quick-save"),
            Wait("quick-remove"),
            Tap("back"),
            Tap("switch-open"),
            Wait("person-spar"),
        ],
    ),
    row("pin", &[Tap("person-spar"), Wait("pin-send")]),
    row(
        "pin-wrong",
        &[
            Tap("pin-9"),
            Tap("pin-1"),
            Tap("pin-8"),
            Tap("pin-2"),
            Tap("pin-7"),
            Tap("pin-3"),
            Tap("pin-send"),
            Wait("problem"),
        ],
    ),
    row(
        "basket-kept",
        &[
            Home,
            Tap("task-receive"),
            Type("receive-supplier", "Provbolaget AB"),
            Tap("receive-start"),
            Scan(LotA),
            OK,
            Tap("settings-open"),
            Wait("sign-out-basket"),
        ],
    ),
    // What ends the work.
    row("account-closed", &[CloseAccount, Wait("account-closed")]),
    row("device-revoked", &[RevokeDevice, Wait("enrol-code")]),
    row("starting-over", &[Reload, Wait("enrol-code")]),
];
