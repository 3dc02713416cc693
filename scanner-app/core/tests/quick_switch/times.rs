//! How long a PIN holds, and what ends it.

use super::*;

#[test]
fn a_pin_holds_fourteen_days_after_the_password() {
    let rig = shared();
    rig.machine.pass(14 * DAY - HOUR);
    let until = switched(&rig, user().id, PIN).status.user.unwrap().until;
    assert_eq!(
        until,
        rig.machine.now.get() + HOUR,
        "no session outlives the fourteen days"
    );
    rig.machine.pass(HOUR);
    assert_eq!(person(&rig, user().id).standing, PersonStanding::PasswordDue);
    for _ in 0..7 {
        assert_eq!(rig.problem(switch(user().id, PIN)).code, "quick-password-due");
    }
    assert_eq!(person(&rig, user().id).tries_left, 5, "nothing was tried");
    // A clock that shows days before the password is no proof of anything.
    rig.machine.pass(-20 * DAY);
    assert_eq!(rig.problem(switch(user().id, PIN)).code, "quick-password-due");
    rig.machine.pass(20 * DAY);
    rig.server.offline(false);
    rig.sign_in();
    rig.machine.pass(13 * DAY);
    rig.server.offline(true);
    switched(&rig, user().id, PIN);
}

#[test]
fn a_clock_that_is_set_back_brings_the_time_to_choose_not_again() {
    let rig = Rig::ready();
    rig.server.offline(true);
    rig.machine.pass(2 * HOUR);
    rig.ask(Command::SyncIfDue);
    rig.machine.pass(-2 * HOUR + 60_000);
    assert_eq!(
        rig.now_status().user.unwrap().may_choose_until,
        None,
        "nor is it offered"
    );
    assert_eq!(rig.problem(set_pin(PIN)).code, "quick-password-first");
    rig.reopen();
    assert_eq!(rig.problem(set_pin(PIN)).code, "quick-password-first");
    rig.server.offline(false);
    rig.sign_in();
    rig.status(set_pin(PIN));
}

#[test]
fn a_pin_is_chosen_soon_after_the_password_and_by_nobody_else() {
    let rig = Rig::ready();
    assert_eq!(rig.problem(set_pin("12345")).code, "pin-form");
    assert_eq!(rig.problem(set_pin("123456")).code, "pin-trivial");
    let status = rig.status(set_pin(PIN));
    assert_eq!(status.people.len(), 1);
    let until = status.user.unwrap().may_choose_until.unwrap();
    assert_eq!(until, rig.machine.now.get() + 15 * 60_000);
    // Whoever finds the device signed in gives its owner no other PIN.
    rig.machine.pass(15 * 60_000);
    assert_eq!(rig.problem(set_pin(OTHER_PIN)).code, "quick-password-first");
    assert_eq!(rig.problem(set_badge(BADGE)).code, "quick-password-first");
    let by_pin = switched(&rig, user().id, PIN).status;
    assert_eq!(by_pin.user.unwrap().may_choose_until, None);
    assert_eq!(rig.problem(set_pin(OTHER_PIN)).code, "quick-password-first");
    assert!(rig.status(Command::RemoveQuickSwitch).people.is_empty());
    assert_eq!(rig.problem(switch(user().id, PIN)).code, "quick-none");
    rig.status(Command::SignOut);
    assert_eq!(rig.problem(set_pin(PIN)).code, "not-signed-in");
    rig.sign_in();
    rig.status(set_pin(OTHER_PIN));
    rig.machine.pass(1_000);
    assert_eq!(rig.problem(switch(user().id, PIN)).code, "wrong-pin");
    rig.machine.pass(HOUR);
    switched(&rig, user().id, OTHER_PIN);
}

#[test]
fn whoever_is_gone_or_has_lost_a_role_is_so_at_the_next_switch() {
    let rig = shared();
    rig.server.offline(false);
    let mut changed = user();
    changed.roles = vec![Role::Ward];
    rig.server
        .put(Topic::Users, &changed.id.to_string(), Some(value(&changed)));
    rig.server.put(Topic::Users, &colleague().to_string(), None);
    rig.sync();
    rig.server.offline(true);
    assert_eq!(rig.problem(switch(colleague(), OTHER_PIN)).code, "quick-gone");
    let people = rig.now_status().people;
    assert_eq!(people.len(), 1, "the sign-in shows nobody who is gone");
    assert_eq!(kept_people(&rig), 1, "and nothing of theirs is kept");
    let roles = switched(&rig, user().id, PIN).status.user.unwrap().roles;
    assert_eq!(roles, [Role::Ward]);
}

fn kept_people(rig: &Rig) -> u32 {
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    db.query_row("SELECT count(*) FROM quick_user", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn a_device_that_the_server_does_not_accept_lets_nobody_switch() {
    let unknown = shared();
    unknown.server.offline(false);
    unknown.server.0.borrow_mut().unauthorized = true;
    unknown.ask(Command::Sync);
    assert_eq!(
        unknown.problem(switch(colleague(), OTHER_PIN)).code,
        "not-enrolled"
    );
    assert!(unknown.now_status().people.is_empty());
    assert_eq!(unknown.problem(set_pin(PIN)).code, "not-enrolled");
    let badge = find_badge(BADGE, EntryMethod::Camera);
    assert_eq!(unknown.problem(badge).code, "not-enrolled");
    assert_eq!(kept_people(&unknown), 2, "the server may have been restored");

    let revoked = shared();
    revoked.server.offline(false);
    revoked.server.0.borrow_mut().revoked = true;
    revoked.ask(Command::Sync);
    assert_eq!(
        revoked.problem(switch(colleague(), OTHER_PIN)).code,
        "not-enrolled"
    );
    assert_eq!(kept_people(&revoked), 0, "perhaps it was stolen");
}

#[test]
fn a_revoked_device_keeps_no_verifier_on_its_disk() {
    let rig = shared();
    let stands = || {
        std::fs::read_dir(rig.dir.path()).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(10).any(|window| window == b"$argon2id$")
        })
    };
    assert!(stands());
    rig.server.offline(false);
    rig.server.0.borrow_mut().revoked = true;
    rig.ask(Command::Sync);
    assert!(!stands());
}
