//! Several people on one device: a basket belongs to the one who scanned it.
#![allow(clippy::unwrap_used)]

mod common;

use common::Rig;
use common::region::{bin, early, late, pump_label, ward};
use common::server::Fault;
use sparhund_scanner_core::api::{AlertCode, Command, Reply, TaskKind, TasksView, texts};
use sparhund_shared::text::Lang;

fn list(rig: &Rig) -> TasksView {
    match rig.ask(Command::CurrentTask) {
        Reply::Tasks(tasks) => tasks,
        other => panic!("expected the list, got {other:?}"),
    }
}

#[test]
fn the_next_person_begins_at_the_list_and_the_basket_comes_back() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.status(Command::SignOut);
    rig.sign_in_as("plockare2");
    assert!(list(&rig).open.is_empty(), "somebody else's basket is not shown");
    assert_eq!(rig.problem(Command::Book).code, "no-task");
    assert!(rig.pick().basket.is_empty(), "the same order begins empty");
    rig.scan(&pump_label("P1"));
    rig.book();
    rig.status(Command::SignOut);
    rig.sign_in();
    assert_eq!(list(&rig).open.len(), 1);
    let own = rig.pick();
    assert_eq!(own.basket.len(), 1);
    assert_eq!(own.basket[0].item.item.unit().lot.unwrap().to_string(), "EARLY");
    assert_eq!(rig.book().units, 1);
}

#[test]
fn a_ward_basket_is_not_booked_by_a_picker() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.book();
    rig.deliver();
    rig.place(&ward());
    rig.book();
    rig.status(Command::SignOut);
    rig.sign_in_as("vard");
    rig.confirm();
    rig.scan(&early());
    rig.status(Command::SignOut);
    rig.sign_in_as("plockare2");
    assert!(list(&rig).open.is_empty());
    assert_eq!(rig.problem(Command::Book).code, "no-task");
    rig.ask(Command::CloseTask);
    rig.sign_in_as("vard");
    assert!(matches!(list(&rig).open.as_slice(), [TaskKind::Confirm { .. }]));
    assert_eq!(rig.confirm().basket.len(), 1);
}

#[test]
fn signing_in_over_an_open_task_keeps_it_for_its_owner() {
    let rig = Rig::ready();
    rig.receive("Mölnlycke");
    rig.place(&bin(1));
    rig.scan(&late());
    rig.machine.pass(12 * 3_600_000);
    rig.sign_in();
    assert_eq!(
        rig.task(Command::CurrentTask).basket.len(),
        1,
        "the same person goes on"
    );
    rig.sign_in_as("plockare2");
    assert_eq!(rig.problem(Command::Book).code, "no-task");
    assert!(rig.receive("Mölnlycke").basket.is_empty());
    rig.sign_in();
    assert_eq!(rig.receive("Mölnlycke").basket.len(), 1);
}

#[test]
fn whoever_lost_the_role_gets_the_list() {
    let rig = Rig::ready();
    rig.confirm();
    let mut user = common::region::user();
    user.roles = vec![sparhund_shared::reference::Role::Picker];
    rig.server.put(
        sparhund_shared::wire::Topic::Users,
        &user.id.to_string(),
        Some(common::region::value(&user)),
    );
    rig.sync();
    assert!(list(&rig).open.is_empty());
}

#[test]
fn signing_out_without_network_is_asked_about_and_signing_in_tells_the_truth() {
    let rig = Rig::ready();
    rig.server.offline(true);
    assert_eq!(rig.problem(Command::SignOutIfOnline).code, "sign-out-offline");
    let status = rig.now_status();
    assert!(status.user.is_some(), "still signed in");
    assert!(!status.online);
    assert!(rig.status(Command::SignOut).user.is_none(), "the person wants it");
    let sign_in = || Command::SignIn {
        login: "plockare".to_owned(),
        password: "secret".to_owned(),
    };
    assert_eq!(rig.problem(sign_in()).code, "sign-in-offline");
    rig.server.offline(false);
    rig.sign_in();
    assert!(rig.status(Command::SignOutIfOnline).user.is_none());
}

#[test]
fn a_refused_enrolment_says_what_is_wrong_in_the_persons_language() {
    let rig = Rig::with(common::server::Server::with_region(), 1);
    let sv = texts(Lang::Sv);
    let told = |code: &str, name: &str| {
        let problem = rig.problem(Command::Enrol {
            server: "https://server".to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
        });
        (problem.code.clone(), problem.say(&sv))
    };
    let (code, sentence) = told("AAAA-AAAA", "H");
    assert_eq!(code, "enrolment-code-form");
    assert!(
        sentence.starts_with("Det där är ingen registreringskod."),
        "{sentence}"
    );
    assert_eq!(told("AAAA-AAAA", " ").0, "device-name");
    assert_eq!(told("K7MQ-2XRD-9F4T", &"å".repeat(61)).0, "device-name");
    let (code, sentence) = told("K7MQ-2XRD-9F4T", "H");
    assert_eq!(code, "enrolment-code");
    assert_eq!(
        sentence,
        "Koden är okänd, redan använd eller för gammal. Be IT om en ny."
    );
}

#[test]
fn whoever_tried_too_often_is_told_how_long_to_wait() {
    let rig = Rig::ready();
    rig.server
        .fail_next(&[Some(Fault::Throttled), Some(Fault::Throttled)]);
    let tries = [
        Command::SignIn {
            login: "plockare".to_owned(),
            password: "secret".to_owned(),
        },
        Command::Enrol {
            server: "https://server".to_owned(),
            code: "CODE".to_owned(),
            name: "Handdator 1".to_owned(),
        },
    ];
    for command in tries {
        let problem = rig.problem(command);
        assert_eq!(problem.code, "too-many-attempts");
        assert_eq!(
            problem.say(&texts(Lang::Sv)),
            "För många försök. Försök igen om 5 min."
        );
    }
}

#[test]
fn a_missing_role_is_named_in_the_persons_language() {
    let rig = Rig::ready();
    rig.sign_in_as("plockare2");
    let problem = rig.problem(Command::StartConfirm {
        order: common::region::order_no(),
    });
    let sentence = problem.say(&texts(Lang::Sv));
    assert!(sentence.contains("rollen vårdpersonal."), "{sentence}");
}

#[test]
fn damaged_and_unknown_codes_say_why_in_the_persons_language() {
    let rig = Rig::ready();
    rig.pick();
    let sv = texts(Lang::Sv);
    let wrong_digit = rig.problem(common::scan("(01)07350000000011(10)A")).say(&sv);
    assert!(
        wrong_digit.contains("(kontrollsiffran stämmer inte)"),
        "{wrong_digit}"
    );
    let unknown = rig.problem(common::scan("hej")).say(&sv);
    assert!(unknown.contains("(en sådan sorts kod är okänd här)"), "{unknown}");
}

#[test]
fn whoever_is_signed_out_because_their_account_was_closed_is_told() {
    let rig = Rig::ready();
    let told = |rig: &Rig| {
        let alerts = rig.now_status().alerts;
        let closed = alerts
            .into_iter()
            .find(|alert| alert.code == AlertCode::AccountClosed);
        closed.map(|alert| alert.say(&texts(Lang::Sv)))
    };
    assert_eq!(told(&rig), None);
    let user = common::region::user();
    rig.server
        .put(sparhund_shared::wire::Topic::Users, &user.id.to_string(), None);
    rig.sync();
    assert!(rig.now_status().user.is_none());
    assert!(told(&rig).expect("a sentence").contains(&user.name));
    rig.sign_in_as("plockare2");
    assert_eq!(told(&rig), None, "it is not about whoever came next");
}
