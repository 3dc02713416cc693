//! What a person hears of PIN and badge. The translations stand in `api/*.ftl`.

use crate::api::Problem;

/// `left`: tries until it is locked. `wait_ms`: until the next one is heard.
pub(super) fn wrong_pin(left: u32, wait_ms: i64) -> Problem {
    let seconds = seconds(wait_ms);
    Problem::new(
        "wrong-pin",
        format!("the PIN is wrong: {left} tries are left before it is locked; the next one is heard in {seconds} s"),
    )
    .with("left", &left)
    .with("seconds", &seconds)
}

/// `wait_ms`: until the next try is heard.
pub(super) fn quick_wait(wait_ms: i64) -> Problem {
    let seconds = seconds(wait_ms);
    Problem::new(
        "quick-wait",
        format!(
            "a wrong PIN was tried a moment ago: wait {seconds} s and try again; this try does not count"
        ),
    )
    .with("seconds", &seconds)
}

/// Upwards: whoever waits so long is heard.
fn seconds(wait_ms: i64) -> i64 {
    wait_ms.saturating_add(999) / 1_000
}

pub(super) fn quick_locked(name: &str) -> Problem {
    Problem::new(
        "quick-locked",
        format!("the quick switch of {name} is locked after too many wrong PINs: sign in by password, this opens it"),
    )
    .with("name", &name)
}

pub(super) fn quick_password_due(name: &str) -> Problem {
    Problem::new(
        "quick-password-due",
        format!("{name} has not signed in by password here for 14 days: sign in by password once, the PIN holds again then"),
    )
    .with("name", &name)
}

pub(super) fn quick_gone() -> Problem {
    Problem::new(
        "quick-gone",
        "this device does not know the person as somebody who works here: sync, or sign in by password",
    )
}

pub(super) fn quick_none() -> Problem {
    Problem::new(
        "quick-none",
        "the person has chosen no PIN on this device: sign in by password and choose one in the settings",
    )
}

pub(super) fn quick_password_first() -> Problem {
    Problem::new(
        "quick-password-first",
        "PIN and badge are chosen within 15 minutes after signing in by password: sign out, sign in by password, and choose",
    )
}

pub(super) fn pin_form() -> Problem {
    Problem::new(
        "pin-form",
        "a PIN has 6 to 12 digits and nothing else: enter it again",
    )
}

pub(super) fn pin_trivial() -> Problem {
    Problem::new(
        "pin-trivial",
        "this PIN is among the first that anybody tries, like 000000 or 123456: choose another",
    )
}

pub(super) fn badge_of_goods() -> Problem {
    Problem::new(
        "badge-of-goods",
        "this is a code of goods or places, which anybody can scan: scan your own badge; if that is read so, use the PIN without it",
    )
}

pub(super) fn badge_length() -> Problem {
    Problem::new(
        "badge-length",
        "the code has fewer than 4 or more than 200 characters, so it cannot be a badge: scan another code of the badge, or use the \
         PIN without it",
    )
}

pub(super) fn badge_needs_pin() -> Problem {
    Problem::new(
        "badge-needs-pin",
        "a badge only picks the person: choose a PIN first, then scan the badge",
    )
}

pub(super) fn badge_taken() -> Problem {
    Problem::new(
        "badge-taken",
        "this badge picks somebody else on this device: scan your own",
    )
}

pub(super) fn badge_unknown() -> Problem {
    Problem::new(
        "badge-unknown",
        "nobody has this badge on this device: tap your name, or sign in by password and add it in the settings",
    )
}
