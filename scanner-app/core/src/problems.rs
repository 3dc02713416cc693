//! Every problem a person can hear of, in one place with its code. The translations stand in `api/*.ftl`.

use sparhund_shared::carrier::{CalibrationError, ScanError};
use sparhund_shared::event::OrderNo;
use sparhund_shared::reference::Role;

use crate::api::Problem;
use crate::env::TransportError;
use crate::sync::DEVICE_REVOKED;

pub(crate) fn not_enrolled() -> Problem {
    Problem::new(
        "not-enrolled",
        "the server does not know this device: enrol it with a code from the console; scans made so far are kept",
    )
}

/// `reason`: the machine's word.
pub(crate) fn store_full(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        "store-full",
        format!(
            "this device cannot keep more, probably for want of room ({reason}): nothing of this step was kept, and \
             everything before it is; make room by removing other things from the device, or sync, and do it again; what \
             waits can be saved to a file"
        ),
    )
    .with("reason", reason)
}

/// `reason`: the machine's word.
pub(crate) fn store_read_only(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        "store-read-only",
        format!(
            "this device may read its store and not write it ({reason}): nothing of this step was kept, and everything before it \
             is; do not scan on, save what waits to a file and contact IT"
        ),
    )
    .with("reason", reason)
}

pub(crate) fn store_nearly_full() -> Problem {
    Problem::new(
        "store-nearly-full",
        "the room on this device is nearly used up: the goods were not taken; book what lies in the basket, sync, and make room \
         by removing other things from the device before you scan on; what waits can be saved to a file",
    )
}

pub(crate) fn nothing_to_export() -> Problem {
    Problem::new(
        "nothing-to-export",
        "nothing here waits to be sent, so there is nothing to save; what the server refused is kept here and told among the alerts",
    )
}

pub(crate) fn log_restarted() -> Problem {
    Problem::new(
        "log-restarted",
        "this device was restored from a copy, or its clock had gone wrong, so it goes on in a new log; scans made so \
         far were taken over; enrol the device again with a code from the console",
    )
}

pub(crate) fn key_lost() -> Problem {
    Problem::new(
        "key-lost",
        "the key of this device is gone, probably cleared away with other data of the browser, so it goes on in a new log; \
         scans made so far were taken over; enrol the device again with a code from the console",
    )
}

/// `reason`: the machine's word.
pub(crate) fn key_failed(reason: &str) -> Problem {
    Problem::new(
        "key-failed",
        format!(
            "the browser does not sign with this device's key ({reason}), so nothing can be sent: scans are kept and it is tried \
             again; close the browser and open it again; if it stays so, let IT revoke the device and enrol it again"
        ),
    )
    .with("reason", &reason)
}

/// `days`: whole days between the two clocks.
pub(crate) fn clock_wrong(days: u64) -> Problem {
    Problem::new(
        "clock-wrong",
        format!(
            "the clocks of this device and of the server are {days} days apart, so nothing can be booked: set date \
             and time of the device and sync; if they are right, the server's are wrong, so contact IT; the basket \
             is kept"
        ),
    )
    .with("days", &days)
}

pub(crate) fn not_signed_in() -> Problem {
    Problem::new(
        "not-signed-in",
        "nobody is signed in: sign in, this needs the network once",
    )
}

pub(crate) fn wrong_password(detail: &str) -> Problem {
    Problem::new(
        "wrong-password",
        format!("sign-in name or password is wrong ({detail}): try again"),
    )
    .with("detail", &detail)
}

pub(crate) fn sign_in_offline(error: &TransportError) -> Problem {
    Problem::new(
        "sign-in-offline",
        format!(
            "nobody can sign in by password while the server cannot be reached ({error}): check the network and try \
             again; scans and baskets are kept"
        ),
    )
    .with("reason", error)
}

/// `reason`: the machine's word.
pub(crate) fn sign_out_offline(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        "sign-out-offline",
        format!(
            "the server cannot be reached ({reason}), so nobody can sign in again before the network is back: stay \
             signed in, or sign out all the same"
        ),
    )
    .with("reason", reason)
}

/// The server knows the form of the code, but not this one, or not any more.
pub(crate) fn enrolment_code() -> Problem {
    Problem::new(
        "enrolment-code",
        "the enrolment code is unknown, used or too old: ask IT for a new one",
    )
}

pub(crate) fn enrolment_code_form() -> Problem {
    Problem::new(
        "enrolment-code-form",
        "this is not an enrolment code: it has 12 letters and digits, such as K7MQ-2XRD-9F4T; read it again",
    )
}

pub(crate) fn device_name() -> Problem {
    Problem::new(
        "device-name",
        "the name of the device is empty or too long: write what is on its sticker",
    )
}

pub(crate) fn enrol_offline(error: &TransportError) -> Problem {
    Problem::new(
        "enrol-offline",
        format!("the server did not answer ({error}): check its address and the network, and enrol again"),
    )
    .with("reason", error)
}

/// `wait_ms`: what the server asks for.
pub(crate) fn too_many_attempts(wait_ms: i64) -> Problem {
    // Upwards: whoever comes back a little late gets in, a little early counts as one more attempt.
    let minutes = wait_ms.saturating_add(59_999) / 60_000;
    Problem::new(
        "too-many-attempts",
        format!("there were too many attempts: try again in {minutes} min"),
    )
    .with("minutes", &minutes)
}

pub(crate) fn session_over() -> Problem {
    Problem::new(
        "session-over",
        "the session is over after 12 hours: sign in again; the task and its basket are kept",
    )
}

pub(crate) fn role_missing(role: Role) -> Problem {
    Problem::new(
        "role-missing",
        format!(
            "this needs the role {}: sign in as somebody who has it",
            role.word()
        ),
    )
    .with("role", &role.word())
}

pub(crate) fn no_task() -> Problem {
    Problem::new("no-task", "no task is open: choose one from the list first")
}

pub(crate) fn unknown_order(no: &OrderNo) -> Problem {
    Problem::new(
        "unknown-order",
        format!("order {no} is not on this device: check the number, or sync"),
    )
    .with("order", no)
}

pub(crate) fn no_supplier() -> Problem {
    Problem::new(
        "no-supplier",
        "the supplier is empty or longer than 100 characters: write who the goods come from",
    )
}

pub(crate) fn no_entry(entry: usize) -> Problem {
    Problem::new(
        "no-entry",
        format!("there is no entry {entry} in the basket: look at the task again"),
    )
    .with("entry", &entry)
}

pub(crate) fn no_line(line: u32) -> Problem {
    Problem::new(
        "no-line",
        format!("nothing of line {line} is on its way: check the line number, or sync"),
    )
    .with("line", &line)
}

pub(crate) fn quantity(packs: u32) -> Problem {
    Problem::new(
        "quantity",
        format!("{packs} packages are more than one scan may book: check the number"),
    )
    .with("packs", &packs)
}

pub(crate) fn basket_empty() -> Problem {
    Problem::new("basket-empty", "there is nothing to book: scan something first")
}

pub(crate) fn place_needed() -> Problem {
    Problem::new(
        "place-needed",
        "the place is missing: scan the label of the place, or choose it from the list",
    )
}

pub(crate) fn ward_needed() -> Problem {
    Problem::new(
        "ward-needed",
        "the ward is missing: scan the place label at the ward",
    )
}

pub(crate) fn nothing_picked(no: &OrderNo) -> Problem {
    Problem::new(
        "nothing-picked",
        format!("nothing of order {no} waits to be delivered: pick it first, or sync"),
    )
    .with("order", no)
}

pub(crate) fn article_gone(article: &str) -> Problem {
    Problem::new(
        "article-gone",
        format!("article {article} is not on this device, so its goods cannot be named: sync"),
    )
    .with("article", &article)
}

pub(crate) fn undo_too_late() -> Problem {
    Problem::new(
        "undo-too-late",
        "the booking can no longer be taken back here (10 seconds): tell the planner what is wrong",
    )
}

pub(crate) fn gone_on() -> Problem {
    Problem::new(
        "gone-on",
        "the goods have gone on since, so the booking cannot be taken back: take the later one back first",
    )
}

pub(crate) fn from_needed() -> Problem {
    Problem::new(
        "from-needed",
        "the book has such goods in several places or in none: scan the place they are taken from",
    )
}

pub(crate) fn note() -> Problem {
    Problem::new(
        "note",
        "a note is at most 200 characters in one line: write it shorter",
    )
}

pub(crate) fn count_open() -> Problem {
    Problem::new(
        "count-open",
        "the count of another place is not finished: book it or empty it first, then scan this place",
    )
}

pub(crate) fn nothing_to_count() -> Problem {
    Problem::new(
        "nothing-to-count",
        "nothing was counted, and the book has nothing here either: there is nothing to tell",
    )
}

pub(crate) fn search_open() -> Problem {
    Problem::new(
        "search-open",
        "what was found at another place is not booked: book it or empty it first, then scan this place",
    )
}

pub(crate) fn hold_gone() -> Problem {
    Problem::new(
        "hold-gone",
        "the hold was lifted, or is not on this device: go back to the list",
    )
}

pub(crate) fn person() -> Problem {
    Problem::new(
        "person",
        "this code names a person, a wristband or a badge: nothing of it was kept; scan the label that the task asks for",
    )
}

/// A task waits for a wristband, and this is none.
pub(crate) fn no_wristband() -> Problem {
    Problem::new(
        "no-wristband",
        "this is no wristband that can be read: nothing of it was kept; scan the wristband of the patient, or type its number",
    )
}

/// A task waits for a wristband, and this is a badge.
pub(crate) fn badge_no_wristband() -> Problem {
    Problem::new(
        "badge-no-wristband",
        "this is the badge of somebody who works here, not a wristband: scan the wristband of the patient",
    )
}

/// Goods that are linked to a patient, and nobody said to whom.
pub(crate) fn wristband_needed() -> Problem {
    Problem::new(
        "wristband-needed",
        "the goods are linked to the patient: scan the wristband of the patient",
    )
}

/// Goods go on in one of several ways, and nobody said which.
pub(crate) fn way_needed() -> Problem {
    Problem::new("way-needed", "nobody said where the goods go: choose a way")
}

/// The state changed meanwhile.
pub(crate) fn way_closed() -> Problem {
    Problem::new(
        "way-closed",
        "the aid is in another state meanwhile: take it out, scan it again, and choose anew",
    )
}

/// Released goods cannot stay in quarantine.
pub(crate) fn free_in_quarantine() -> Problem {
    Problem::new(
        "free-in-quarantine",
        "goods that are released cannot stand in quarantine: scan the shelf they are put on",
    )
}

/// One aid at a time.
pub(crate) fn aid_open() -> Problem {
    Problem::new(
        "aid-open",
        "another aid is begun: choose what happens to it, or take it out of the basket, before the next one",
    )
}

/// Nothing to seal to.
pub(crate) fn no_patient_key() -> Problem {
    Problem::new(
        "no-patient-key",
        "this device has no key of the patient-link service: nothing was kept of the wristband, and nothing is booked; sync the device, \
         or ask an administrator to set the rule of the patient key",
    )
}

/// A text with a personal number in it.
pub(crate) fn person_in_text() -> Problem {
    Problem::new(
        "person-in-text",
        "the text has a personal number in it: nothing was kept; write it without the number",
    )
}

pub(crate) fn no_unit_numbers() -> Problem {
    Problem::new(
        "no-unit-numbers",
        "this device has no number left for a logistic unit, or the region has no company prefix: scan a printed SSCC label, or \
         sync",
    )
}

pub(crate) fn no_label() -> Problem {
    Problem::new(
        "no-label",
        "this device has no label of the unit: it was packed elsewhere, or more than a week ago; write the number by hand",
    )
}

pub(crate) fn vehicle_needed() -> Problem {
    Problem::new(
        "vehicle-needed",
        "the vehicle is not known yet: scan its place label first",
    )
}

pub(crate) fn unit_open() -> Problem {
    Problem::new(
        "unit-open",
        "the unit at hand is not confirmed to the end: confirm it or empty it first, then scan the next one",
    )
}

/// `left`: base units that nothing was said of.
pub(crate) fn differs_more(left: i64) -> Problem {
    Problem::new(
        "differs-more",
        format!("only {left} of these goods are left to account for: lower the count, or take goods out of the basket"),
    )
    .with("left", &left)
}

pub(crate) fn unit_needed() -> Problem {
    Problem::new(
        "unit-needed",
        "the logistic unit has no number yet: begin a new one, or scan a printed SSCC label",
    )
}

pub(crate) fn product_first() -> Problem {
    Problem::new(
        "product-first",
        "this symbol has no product: scan the one with the product first, then this one",
    )
}

pub(crate) fn not_here(kind: &str) -> Problem {
    Problem::new(
        "not-here",
        format!("a label of this kind ({kind}) has no meaning in this task: scan the one the task asks for"),
    )
    .with("kind", &kind)
}

pub(crate) fn no_candidate(candidate: usize) -> Problem {
    Problem::new(
        "no-candidate",
        format!("the label has no reading number {candidate}: scan it again"),
    )
    .with("candidate", &candidate)
}

pub(crate) fn calibration(error: &CalibrationError) -> Problem {
    let code = match error {
        CalibrationError::AnotherSymbol => "calibration-another-symbol",
        CalibrationError::SeparatorLost => "calibration-separator-lost",
        CalibrationError::SeparatorAmbiguous(_) => "calibration-separator-ambiguous",
        CalibrationError::CaseSwapped => "calibration-case-swapped",
        CalibrationError::CaseLost => "calibration-case-lost",
        CalibrationError::Confused(..) => "calibration-confused",
        CalibrationError::CharactersLost => "calibration-characters-lost",
    };
    let problem = Problem::new(code, error.to_string());
    match error {
        CalibrationError::SeparatorAmbiguous(came) => problem.with("came", came),
        CalibrationError::Confused(one, other) => problem.with("one", one).with("other", other),
        _ => problem,
    }
}

pub(crate) fn symbols_differ() -> Problem {
    Problem::new(
        "symbols-differ",
        "the codes of this label do not say the same: compare them with the goods, give up the open scan, and scan the right one"
            .to_owned(),
    )
}

pub(crate) fn no_choice() -> Problem {
    Problem::new(
        "no-choice",
        "no code waits for an answer any more: go on, or scan it again".to_owned(),
    )
}

pub(crate) fn choice_open() -> Problem {
    Problem::new(
        "choice-open",
        "a code that can be read in several ways waits for an answer: choose how to read it, or give the reading up".to_owned(),
    )
}

pub(crate) fn scan_open() -> Problem {
    Problem::new(
        "scan-open",
        "a label is read only in part: scan its other code, or give it up, before you book".to_owned(),
    )
}

pub(crate) fn scan_over() -> Problem {
    Problem::new(
        "scan-over",
        "a label was read only in part, and its time is over: give it up and scan the whole label again"
            .to_owned(),
    )
}

/// The calibration symbol was scanned within a task: it is no goods.
pub(crate) fn calibration_symbol() -> Problem {
    Problem::new(
        "calibration-symbol",
        "this is the calibration symbol of the scanner, no goods: open the settings to calibrate with it"
            .to_owned(),
    )
}

/// `repeat`: scanning the same label once more keeps it raw.
pub(crate) fn scan(error: &ScanError, repeat: bool) -> Problem {
    let code = match error {
        ScanError::Empty => "scan-empty",
        ScanError::TooLong { .. } => "scan-too-long",
        ScanError::KeyboardLayout => "scan-keyboard-layout",
        _ if repeat => "scan-damaged",
        _ => "scan-unreadable",
    };
    let advice = if code == "scan-damaged" {
        "; if it reads the same again it is kept as it is"
    } else {
        ""
    };
    Problem::new(code, format!("{error}{advice}"))
        .with("reason", error)
        .with("detail", &error.code())
}

pub(crate) fn transport(error: &TransportError) -> Problem {
    Problem::new("offline", error.to_string()).with("reason", error)
}

pub(crate) fn refused(status: u16, code: &str, detail: &str) -> Problem {
    let kind = match (status, code) {
        (401, _) | (_, DEVICE_REVOKED) => "server-unauthorized",
        (403, _) => "server-forbidden",
        (429 | 503, _) => "server-busy",
        (500.., _) => "server-failed",
        _ => "server-refused",
    };
    Problem::new(kind, format!("the server answered {status} ({code}): {detail}"))
        .with("status", &status)
        .with("code", &code)
        .with("detail", &detail)
}

pub(crate) fn unreadable(reason: &str) -> Problem {
    Problem::new(
        "server-unreadable",
        format!(
            "the server's answer cannot be read ({reason}): check the server address, and that program and server \
             have matching versions"
        ),
    )
    .with("reason", &reason)
}

pub(crate) fn unit_received() -> Problem {
    Problem::new(
        "unit-received",
        "this logistic unit was received already: look whether it is another one, or sync",
    )
}

pub(crate) fn unit_not_announced() -> Problem {
    Problem::new(
        "unit-not-announced",
        "nobody announced this logistic unit: receive its goods under the name of the supplier, or sync and scan it again",
    )
}

pub(crate) fn no_unit() -> Problem {
    Problem::new(
        "no-unit",
        "this is no label of a logistic unit: choose the delivery from the list, or write who the goods come from",
    )
}

pub(crate) fn line_unknown() -> Problem {
    Problem::new(
        "line-unknown",
        "the sender names goods on this line that nobody here knows, so they cannot be confirmed unseen: scan them",
    )
}

/// `article`: its name.
pub(crate) fn check_open(article: &str) -> Problem {
    Problem::new(
        "check-open",
        format!("the receiving check of {article} is not done: answer its questions, then book"),
    )
    .with("article", &article)
}
