//! Nothing told is ever lost or doubled: random work, random faults, killed and started again after every step.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::region::{self, bin, early, late, pump_label, ten, ward};
use common::server::{Fault, Server};
use common::{Rig, scan};
use proptest::prelude::*;
use sparhund_scanner_core::api::{Command, Reply};
use sparhund_shared::log::EventId;

#[derive(Clone, Debug)]
enum Step {
    Receive,
    Pick,
    Deliver,
    Confirm,
    Scan(u8),
    Place(u8),
    Count(u8, u8),
    /// In contact with the server, which may fail: then the holds are asked for first.
    Book(Option<u8>),
    CutBook(u8),
    Undo,
    Sync(Vec<u8>),
    CutSync(u8),
    Enrol,
    Wait(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Receive),
        2 => Just(Step::Pick),
        1 => Just(Step::Deliver),
        1 => Just(Step::Confirm),
        8 => (0..6_u8).prop_map(Step::Scan),
        3 => (0..4_u8).prop_map(Step::Place),
        2 => (0..3_u8, 0..14_u8).prop_map(|(entry, packs)| Step::Count(entry, packs)),
        5 => proptest::option::of(0..8_u8).prop_map(Step::Book),
        2 => (0..6_u8).prop_map(Step::CutBook),
        1 => Just(Step::Undo),
        2 => proptest::collection::vec(0..8_u8, 0..10).prop_map(Step::Sync),
        1 => (0..40_u8).prop_map(Step::CutSync),
        1 => Just(Step::Enrol),
        1 => (0..12_000_u16).prop_map(Step::Wait),
    ]
}

/// A whole working day with anything happening between its steps.
fn day() -> impl Strategy<Value = Vec<Step>> {
    let spine = vec![
        Step::Receive,
        Step::Scan(4),
        Step::Place(0),
        Step::Book(None),
        Step::Pick,
        Step::Scan(0),
        Step::Count(0, 12),
        Step::Scan(3),
        Step::Book(None),
        Step::Scan(1),
        Step::Count(0, 7),
        Step::Book(None),
        Step::Deliver,
        Step::Place(3),
        Step::Place(2),
        Step::Book(None),
        Step::Confirm,
        Step::Scan(0),
        Step::Count(0, 11),
        Step::Scan(3),
        Step::Book(None),
    ];
    let noise = prop_oneof![
        3 => Just(None),
        2 => step().prop_map(Some),
    ];
    proptest::collection::vec(noise, spine.len()).prop_map(move |noise| {
        spine
            .iter()
            .cloned()
            .zip(noise)
            .flat_map(|(step, noise)| std::iter::once(step).chain(noise))
            .collect()
    })
}

fn label(which: u8) -> String {
    match which {
        0 => early(),
        1 => late(),
        2 => ten("EARLY", "270331"),
        3 => pump_label("P1"),
        4 => format!("(01){}(10)X", region::stranger()),
        _ => "LOKAL KOD 7".to_owned(),
    }
}

fn place(which: u8) -> String {
    match which {
        0 => bin(1),
        1 => bin(2),
        2 => ward(),
        _ => region::other_ward(),
    }
}

fn fault_of(which: u8) -> Option<Fault> {
    match which {
        0 => Some(Fault::Lost),
        1 => Some(Fault::Unanswered),
        2 => Some(Fault::Busy),
        3 => Some(Fault::Slow),
        _ => None,
    }
}

/// Does a step, kills the client, starts it again; gives back the events it told of.
fn take(rig: &Rig, step: &Step) -> Vec<EventId> {
    let order = region::order_no;
    let reply = match step {
        Step::Receive => rig.ask(Command::StartReceive {
            supplier: "Prov AB".to_owned(),
            reference: None,
        }),
        Step::Pick => rig.ask(Command::StartPick { order: order() }),
        Step::Deliver => rig.ask(Command::StartDeliver { order: order() }),
        Step::Confirm => rig.ask(Command::StartConfirm { order: order() }),
        Step::Scan(which) => rig.ask(scan(&label(*which))),
        Step::Place(which) => rig.ask(Command::ChoosePlace {
            place: place(*which).parse().unwrap(),
        }),
        Step::Count(entry, packs) => rig.ask(Command::SetCount {
            entry: usize::from(*entry),
            packs: u32::from(*packs),
        }),
        Step::Book(fault) => {
            rig.server.fail_next(&[fault.and_then(fault_of)]);
            let reply = rig.ask(Command::Book);
            rig.server.fail_next(&[]);
            reply
        }
        Step::CutBook(polls) => {
            let before = rig.now_status().records;
            if let Some(reply) = rig.ask_for(Command::Book, usize::from(*polls)) {
                reply
            } else {
                let status = rig.now_status();
                assert_eq!(status.records, before, "what was given up wrote nothing");
                Reply::Status(status)
            }
        }
        Step::Undo => rig.ask(Command::Undo),
        Step::Sync(faults) => {
            let faults: Vec<_> = faults.iter().copied().map(fault_of).collect();
            rig.server.fail_next(&faults);
            let reply = rig.ask(Command::Sync);
            rig.server.fail_next(&[]);
            reply
        }
        Step::CutSync(polls) => {
            rig.ask_for(Command::Sync, usize::from(*polls));
            rig.ask(Command::Status)
        }
        Step::Enrol => rig.ask(Command::Enrol {
            server: "https://server".to_owned(),
            code: "CODE".to_owned(),
            name: "Handdator 1".to_owned(),
        }),
        Step::Wait(ms) => {
            rig.machine.pass(i64::from(*ms));
            rig.ask(Command::Status)
        }
    };
    let task = rig.ask(Command::CurrentTask);
    rig.reopen();
    let after = rig.ask(Command::CurrentTask);
    let basket = |reply: &Reply| match reply {
        Reply::Task(task) => Some((task.kind.clone(), task.basket.clone(), task.place.clone())),
        _ => None,
    };
    assert_eq!(
        basket(&task),
        basket(&after),
        "a killed client goes on where it was"
    );
    match reply {
        Reply::Booked(booked) => booked.events,
        Reply::Undone(undone) => undone.events,
        _ => Vec::new(),
    }
}

/// Does the steps on a new device, sends everything, and holds what the server has against what was told.
fn check(steps: &[Step]) -> Result<(), TestCaseError> {
    let rig = Rig::with(Server::with_region(), 7);
    rig.server.0.borrow_mut().keeps_order = true;
    rig.enrol();
    rig.sign_in();
    rig.sync();
    let mut told = BTreeSet::new();
    for step in steps {
        for event in take(&rig, step) {
            prop_assert!(told.insert(event), "an event id is used once");
        }
    }
    if !rig.now_status().enrolled {
        rig.enrol();
    }
    rig.sync();
    prop_assert_eq!(rig.now_status().unsent, 0);
    let held: BTreeSet<EventId> = rig.server.events().into_iter().collect();
    prop_assert_eq!(&held, &told);
    let books = rig.server.books();
    prop_assert!(books.conflicts().is_empty());
    for (line, progress) in books.orders() {
        let order = region::order();
        let wanted = order.lines.iter().find(|wanted| wanted.line == line.line);
        let wanted = i64::from(wanted.unwrap().units);
        prop_assert!(progress.picked <= wanted, "{line:?} {progress:?}");
        prop_assert!(progress.shipped <= progress.picked, "{line:?} {progress:?}");
        prop_assert!(progress.accepted <= progress.shipped, "{line:?} {progress:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_work_is_told_once(steps in proptest::collection::vec(step(), 1..40)) {
        check(&steps)?;
    }

    #[test]
    fn a_day_with_faults_is_told_once(steps in day()) {
        check(&steps)?;
    }
}

#[test]
fn a_day_without_faults_brings_the_goods_to_the_ward() {
    let rig = Rig::with(Server::with_region(), 7);
    rig.server.0.borrow_mut().keeps_order = true;
    rig.enrol();
    rig.sign_in();
    rig.sync();
    let spine = [
        Step::Pick,
        Step::Scan(0),
        Step::Count(0, 12),
        Step::Book(None),
        Step::Sync(Vec::new()),
        Step::Deliver,
        Step::Place(2),
        Step::Book(None),
        Step::Sync(Vec::new()),
        Step::Confirm,
        Step::Scan(0),
        Step::Count(0, 12),
        Step::Book(None),
        Step::Sync(Vec::new()),
    ];
    for step in &spine {
        take(&rig, step);
    }
    let progress = *rig.server.books().orders().values().next().unwrap();
    assert_eq!(
        (progress.picked, progress.shipped, progress.accepted),
        (12, 12, 12)
    );
}
