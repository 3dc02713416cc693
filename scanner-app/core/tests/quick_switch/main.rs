//! People who share a device switch by PIN, without network, and nobody can try PINs for long.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod locks;
mod times;

use std::sync::atomic::{AtomicBool, Ordering};

use common::region::{early, late, others, pump_label, user, value};
use common::{Rig, scan};
use sparhund_scanner_core::api::{
    Command, Hidden, PersonStanding, PersonView, Problem, RawScan, Reply, StatusView, Switched, texts,
};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::Role;
use sparhund_shared::text::Lang;
use sparhund_shared::wire::{OutboxFile, Topic};

const PIN: &str = "280571";
const OTHER_PIN: &str = "739164";
const BADGE: &str = "SE232100-4711X";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn colleague() -> UserId {
    others()[0].id
}

fn switch(user: UserId, pin: &str) -> Command {
    Command::SwitchTo {
        user,
        pin: Hidden(pin.to_owned()),
    }
}

fn set_pin(pin: &str) -> Command {
    Command::SetPin {
        pin: Hidden(pin.to_owned()),
    }
}

fn set_badge(text: &str) -> Command {
    Command::SetBadge {
        badge: Hidden(RawScan::from(text)),
        entry: EntryMethod::Camera,
    }
}

fn find_badge(text: &str, entry: EntryMethod) -> Command {
    Command::FindBadge {
        badge: Hidden(RawScan::from(text)),
        entry,
    }
}

fn switched(rig: &Rig, user: UserId, pin: &str) -> Switched {
    match rig.ask(switch(user, pin)) {
        Reply::Switched(switched) => switched,
        other => panic!("expected a switch, got {other:?}"),
    }
}

fn who(status: &StatusView) -> Option<&str> {
    status.user.as_ref().map(|user| user.login.as_str())
}

fn person(rig: &Rig, id: UserId) -> PersonView {
    let people = rig.now_status().people;
    people.into_iter().find(|person| person.id == id).unwrap()
}

/// Two people have a PIN here; the first is signed in, and there is no network.
fn shared() -> Rig {
    let rig = Rig::ready();
    rig.sign_in_as("plockare2");
    rig.status(set_pin(OTHER_PIN));
    rig.sign_in();
    rig.status(set_pin(PIN));
    rig.server.offline(true);
    rig
}

/// As many wrong PINs as lock, each after its pause.
fn lock(rig: &Rig, user: UserId) -> Vec<Problem> {
    let mut problems = Vec::new();
    for _ in 0..5 {
        rig.machine.pass(HOUR / 4);
        problems.push(rig.problem(switch(user, "918273")));
    }
    problems
}

#[test]
fn people_switch_without_network_and_act_under_their_own_name_and_roles() {
    let rig = shared();
    let heard = rig.server.heard().len();
    let people = rig.now_status().people;
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Per Plock", "plockare2"]);
    assert!(
        people
            .iter()
            .all(|person| person.standing == PersonStanding::Ready)
    );

    let there = switched(&rig, colleague(), OTHER_PIN);
    assert_eq!(who(&there.status), Some("plockare2"));
    assert_eq!(there.left, None);
    assert_eq!(
        rig.problem(Command::StartConfirm {
            order: common::region::order_no()
        })
        .code,
        "role-missing",
        "the roles are the other's"
    );
    rig.pick();
    rig.scan(&early());
    rig.book();
    switched(&rig, user().id, PIN);
    rig.pick();
    rig.scan(&pump_label("P1"));
    rig.book();
    // It holds over a restart, and the shift ends by itself.
    rig.reopen();
    assert_eq!(who(&rig.now_status()), Some("plockare"));
    assert_eq!(rig.server.heard().len(), heard, "the network was not asked");
    rig.machine.pass(12 * HOUR);
    assert_eq!(who(&rig.now_status()), None);

    // The records go under the device's token, each under the name of its person.
    rig.server.offline(false);
    rig.sync();
    let mut writers: Vec<UserId> = rig.server.writers();
    writers.sort();
    let mut both = vec![user().id, colleague()];
    both.sort();
    assert_eq!(writers, both);
}

#[test]
fn the_basket_of_whoever_was_there_waits_for_them_and_the_next_is_told() {
    let rig = shared();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 3);
    let there = switched(&rig, colleague(), OTHER_PIN);
    let left = there.left.unwrap();
    assert_eq!((left.owner.as_str(), left.units), ("Per Plock", 3));
    for command in [Command::Book, Command::Undo, Command::ClearBasket, scan(&late())] {
        assert_eq!(rig.problem(command).code, "no-task");
    }
    assert!(rig.tasks().open.is_empty(), "somebody else's basket is not shown");
    rig.ask(Command::CloseTask);
    assert!(rig.pick().basket.is_empty(), "the same order begins empty");
    let back = switched(&rig, user().id, PIN);
    assert_eq!(back.left, None, "the other's basket was empty");
    assert_eq!(rig.pick().basket.len(), 1);
    assert_eq!(rig.book().units, 3);
    // Whoever switches to themselves goes on where they were.
    rig.scan(&pump_label("P1"));
    switched(&rig, user().id, PIN);
    assert_eq!(rig.task(Command::CurrentTask).basket.len(), 1);
}

#[test]
fn a_badge_picks_the_person_and_never_signs_in() {
    let rig = Rig::ready();
    assert_eq!(rig.problem(set_badge(BADGE)).code, "badge-needs-pin");
    rig.status(set_pin(PIN));
    rig.status(set_badge(BADGE));
    rig.sign_in_as("plockare2");
    rig.status(set_pin(OTHER_PIN));
    assert_eq!(rig.problem(set_badge(BADGE)).code, "badge-taken");
    assert_eq!(rig.problem(set_badge(&early())).code, "badge-of-goods");
    rig.server.offline(true);
    rig.status(Command::SignOut);
    // The camera, and a scanner that says what symbol it was, read the same badge.
    for (text, entry) in [
        (BADGE.to_owned(), EntryMethod::Camera),
        (format!("]C0{BADGE}\r"), EntryMethod::Wedge),
    ] {
        match rig.ask(find_badge(&text, entry)) {
            Reply::Person(person) => assert_eq!((person.id, person.badge), (user().id, true)),
            other => panic!("{other:?}"),
        }
        assert_eq!(who(&rig.now_status()), None, "nobody is signed in by that");
    }
    assert_eq!(
        rig.problem(find_badge("SE232100-4711Y", EntryMethod::Camera))
            .code,
        "badge-unknown"
    );
    switched(&rig, user().id, PIN);
    assert!(!rig.status(Command::RemoveBadge).people[0].badge);
    assert_eq!(
        rig.problem(find_badge(BADGE, EntryMethod::Camera)).code,
        "badge-unknown"
    );
}

#[test]
fn signing_out_after_a_switch_ends_nobody_elses_session_at_the_server() {
    let rig = shared();
    rig.server.offline(false);
    switched(&rig, colleague(), OTHER_PIN);
    let heard = rig.server.heard().len();
    assert_eq!(who(&rig.status(Command::SignOutIfOnline)), None);
    assert_eq!(
        rig.server.heard().len(),
        heard,
        "the server knows of no such session"
    );
    // A password's session is ended there as before, and without network nobody is put out of work: there are PINs.
    rig.sign_in();
    rig.status(Command::SignOutIfOnline);
    assert!(rig.server.heard().last().unwrap().contains("/auth/sign-out"));
    rig.sign_in();
    rig.server.offline(true);
    assert_eq!(who(&rig.status(Command::SignOutIfOnline)), None);
    switched(&rig, colleague(), OTHER_PIN);
    rig.status(Command::RemoveQuickSwitch);
    assert_eq!(
        who(&rig.status(Command::SignOutIfOnline)),
        None,
        "the other has a PIN"
    );
    switched(&rig, user().id, PIN);
    rig.status(Command::RemoveQuickSwitch);
    assert_eq!(rig.problem(Command::SignOutIfOnline).code, "sign-out-offline");
}

#[test]
fn no_pin_and_no_badge_stands_in_the_store_the_export_or_an_answer() {
    let rig = Rig::ready();
    let mut told = Vec::new();
    for command in [
        set_pin(PIN),
        set_badge(BADGE),
        find_badge(BADGE, EntryMethod::Camera),
        switch(user().id, OTHER_PIN),
        Command::Status,
    ] {
        told.push(format!("{command:?}"));
        told.push(serde_json::to_string(&rig.ask(command)).unwrap());
    }
    rig.machine.pass(HOUR);
    switched(&rig, user().id, PIN);
    rig.receive("Provverken AB");
    rig.scan(&pump_label("P-1"));
    rig.place(&common::region::bin(1));
    rig.book();
    let Reply::Outbox(outbox) = rig.ask(Command::ExportOutbox) else {
        panic!("no file")
    };
    assert_eq!(OutboxFile::read(&outbox.file.0).unwrap().uploads.len(), 1);
    rig.sync();
    let mut found: Vec<(String, Vec<u8>)> = vec![
        ("an answer or a log line".to_owned(), told.join("\n").into_bytes()),
        ("the export".to_owned(), outbox.file.0),
        ("what the server holds".to_owned(), rig.server.bytes()),
    ];
    for entry in std::fs::read_dir(rig.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
    }
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(
        found.iter().any(|(_, bytes)| holds(bytes, "$argon2id$")),
        "the store was read"
    );
    let secrets = [PIN, OTHER_PIN, BADGE];
    let encoded = serde_json::to_string(&RawScan::from(BADGE)).unwrap();
    for (name, bytes) in &found {
        for secret in secrets.into_iter().chain([encoded.trim_matches('"')]) {
            assert!(!holds(bytes, secret), "{secret} stands in {name}");
        }
    }
}

#[test]
fn a_store_of_the_version_before_keeps_its_session() {
    let rig = Rig::fresh();
    let path = rig.dir.path().join("before.db");
    {
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch(include_str!("../../src/store/sql/migrations/0001_client.sql"))
            .unwrap();
        db.execute_batch(include_str!("../../src/store/sql/migrations/0002_next_life.sql"))
            .unwrap();
        db.pragma_update(None, "user_version", 2).unwrap();
        let user = serde_json::to_string(&user()).unwrap();
        let until = rig.machine.now.get() + HOUR;
        db.execute(
            "INSERT INTO session (id, user, access, refresh, until) VALUES (1, ?1, 'a', 'r', ?2)",
            rusqlite::params![user, until],
        )
        .unwrap();
    }
    rig.open_at(&path);
    let there = rig.now_status().user.unwrap();
    assert_eq!(there.until, rig.machine.now.get() + HOUR);
    let chosen = there.may_choose_until.unwrap();
    assert!(
        chosen < rig.machine.now.get(),
        "the password was eleven hours ago"
    );
}
