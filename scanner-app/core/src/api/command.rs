//! What a user interface may ask for.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{EntryMethod, OrderNo};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::log::UserId;
use sparhund_shared::text::Lang;

use super::deed::{Answer, DeedKind};
use super::person::Hidden;
use super::raw::RawScan;
use super::receipt::ReceiptSay;
use super::status::ProfileView;

/// One request. JSON has the name under `type`: `{"type": "scan", "raw": "…", "entry": "wedge"}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// → `status`.
    Status,
    /// Registers this device with the server. Needs the network. → `status`.
    Enrol {
        /// Base address such as `https://sparhund.example`; empty = the page's own origin.
        server: String,
        /// One-time code from the console.
        code: String,
        /// Name of the device as staff know it.
        name: String,
    },
    /// Signs a person in. Needs the network; the session then lasts 12 hours offline too. → `status`.
    SignIn {
        /// Sign-in name.
        login: String,
        /// Password; never stored.
        password: String,
    },
    /// Ends the session. Open tasks and unsent records stay. → `status`.
    SignOut,
    /// Ends the session as `sign_out` does, unless the server cannot be reached and nobody has a PIN here: then nobody can
    /// sign in before the network is back, so nothing is done and the problem is `sign-out-offline`. Ask the person, and give `sign_out`
    /// when they want it all the same. → `status`.
    SignOutIfOnline,
    /// Signs a person in who chose a PIN on this device, in place of whoever is signed in. Needs no network. A wrong PIN
    /// counts, also when the client is killed at it. → `switched`.
    SwitchTo {
        /// Who.
        user: UserId,
        /// Their PIN; never stored.
        pin: Hidden<String>,
    },
    /// Whose badge a symbol is; it signs nobody in. → `person`.
    FindBadge {
        /// Its bytes.
        badge: Hidden<RawScan>,
        /// How they came in.
        entry: EntryMethod,
    },
    /// Chooses the PIN of the person signed in, in place of the one before. Only soon after signing in by password.
    /// → `status`.
    SetPin {
        /// Six digits or more; never stored.
        pin: Hidden<String>,
    },
    /// Makes a symbol the badge of the person signed in, who has a PIN. Only soon after signing in by password.
    /// → `status`.
    SetBadge {
        /// Its bytes; never stored.
        badge: Hidden<RawScan>,
        /// How they came in.
        entry: EntryMethod,
    },
    /// The person signed in has no badge any more. → `status`.
    RemoveBadge,
    /// Forgets PIN and badge of the person signed in. → `status`.
    RemoveQuickSwitch,
    /// Chooses the language of the user interface. → `status`.
    SetLanguage {
        /// The language.
        lang: Lang,
    },
    /// Finds out how the scanner writes from its scan of the calibration symbol, and keeps it. → `status`.
    Calibrate {
        /// What the physical keys say, on a US keyboard, where they are known.
        physical: Option<String>,
        /// What the host made of them.
        text: String,
    },
    /// Keeps how the scanner writes, as somebody chose it; `None` = not calibrated. → `status`.
    SetProfile {
        /// The profile.
        profile: Option<ProfileView>,
    },
    /// Tells whether the browser promised to keep the store when space runs out. → `status`.
    NoteStorage {
        /// The browser's answer.
        persisted: bool,
    },
    /// Tells that the network came or went; coming back makes the next `sync_if_due` due at once. → `status`.
    NoteNetwork {
        /// Whether there is a network.
        online: bool,
    },
    /// Synchronises now. Calls that come while one runs wait for nothing and answer `synced` with `joined`. → `synced`.
    Sync,
    /// Synchronises when it is time to: after the start, after reconnecting, and by a timer with back-off. Call it
    /// about once a second while idle. → `synced`, or `status` when it is not time.
    SyncIfDue,
    /// Puts what the server has not acknowledged into a file, whether or not somebody is signed in. → `outbox`.
    ExportOutbox,
    /// What there is to do for the person signed in. → `tasks`.
    Tasks,
    /// Opens a goods receipt. → `task`.
    StartReceive {
        /// Who the goods come from.
        supplier: String,
        /// Delivery note or purchase order.
        reference: Option<String>,
    },
    /// Opens the goods receipt of the announced delivery that names a logistic unit, with that unit. → `task`.
    StartReceiveUnit {
        /// The label of the unit.
        raw: RawScan,
        /// How it came in.
        entry: EntryMethod,
    },
    /// Says something in a goods receipt. → `scanned`.
    Receipt {
        /// What.
        say: ReceiptSay,
    },
    /// Opens or resumes picking. → `task`.
    StartPick {
        /// The order.
        order: OrderNo,
    },
    /// Opens or resumes a delivery. → `task`.
    StartDeliver {
        /// The order.
        order: OrderNo,
    },
    /// Opens or resumes a ward receipt. → `task`.
    StartConfirm {
        /// The order.
        order: OrderNo,
    },
    /// Opens or resumes a deed. → `task`.
    StartDeed {
        /// Which.
        kind: DeedKind,
    },
    /// Says something that the task asks for. → `scanned`.
    Answer {
        /// What.
        answer: Answer,
    },
    /// The current task; survives restarts. → `task`, or `tasks` when none is open.
    CurrentTask,
    /// Begins or ends practice: tasks are done as ever, and nothing of it goes into the log. Signing in, out or over ends it
    /// too. → `tasks`.
    SetTraining {
        /// Whether to practise.
        on: bool,
    },
    /// Goes back to the list; the task and its basket stay and are resumed by starting it again. → `tasks`.
    LeaveTask,
    /// Ends the current task and throws its basket away; what is booked stays booked. → `tasks`.
    CloseTask,
    /// A symbol was read. → `scanned`.
    Scan {
        /// Its bytes.
        raw: RawScan,
        /// How they came in.
        entry: EntryMethod,
    },
    /// Says how to read the code that waits as the task's `choice`. → `scanned`.
    ChooseReading {
        /// Which reading, from 0.
        candidate: usize,
    },
    /// Gives up a code that waits for an answer, or for the other symbol of its label; it goes nowhere. → `task`.
    DropOpenScan,
    /// Reads a symbol without doing anything with it. → `identified`.
    Identify {
        /// Its bytes.
        raw: RawScan,
        /// How they came in.
        entry: EntryMethod,
    },
    /// Chooses a place from the list instead of scanning it. → `scanned`.
    ChoosePlace {
        /// The place.
        place: PlaceCode,
    },
    /// Names the logistic unit a delivery travels in without scanning it; `None` takes it back. → `task`.
    SetSscc {
        /// The unit.
        sscc: Option<Sscc>,
    },
    /// Prints the label of a logistic unit that was packed here once more, with the next sync. → `task`.
    PrintAgain {
        /// The unit.
        sscc: Sscc,
    },
    /// Corrects how many packages of a basket entry there are; 0 takes it out. The verdict is weighed again and a
    /// STOP leaves the entry as it was. → `scanned`.
    SetCount {
        /// Index in the basket.
        entry: usize,
        /// Packages.
        packs: u32,
    },
    /// Ward receipt without scanning: puts everything of a line that is on its way into the basket. → `scanned`.
    ExpectLine {
        /// Line number.
        line: u32,
    },
    /// Places that goods can be put in, best guess first. → `places`.
    Places {
        /// Part of a name or code; empty = all.
        text: String,
    },
    /// Somebody has seen the STOP of the current task. → `task`.
    AcknowledgeStop,
    /// A scan was not taken because of the STOP of the current task; the STOP tells of it. → `task`.
    NoteMissedScan,
    /// Empties the basket. → `task`.
    ClearBasket,
    /// Writes the basket into the log, all or nothing. For a delivery: everything picked that may leave. → `booked`, or
    /// `scanned` with a STOP when nothing was written.
    Book,
    /// Takes the last booking back with counter-events, within ten seconds. → `undone`.
    Undo,
}
