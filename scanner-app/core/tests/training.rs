//! Practice: all as ever, and nothing of it in the log, on the wire, or left behind.
#![allow(clippy::unwrap_used)]

mod common;

use common::Rig;
use common::region::{bin, early};
use sparhund_scanner_core::api::{Command, DeedKind, TaskKind};

fn practise(rig: &Rig, on: bool) -> sparhund_scanner_core::api::TasksView {
    match rig.ask(Command::SetTraining { on }) {
        sparhund_scanner_core::api::Reply::Tasks(tasks) => tasks,
        other => panic!("{other:?}"),
    }
}

fn left(rig: &Rig) -> i64 {
    let task = rig.pick();
    task.lines.iter().find(|line| line.line == 1).unwrap().left
}

#[test]
fn nothing_of_it_is_booked_sent_or_left() {
    let rig = Rig::ready();
    // A real basket waits meanwhile.
    rig.pick();
    rig.scan(&early());
    assert!(practise(&rig, true).status.training);
    let heard = rig.server.events().len();

    let task = rig.pick();
    assert!(
        task.basket.is_empty(),
        "the real basket is not touched by practice"
    );
    rig.scan(&early());
    rig.count(0, 5);
    assert_eq!(rig.book().units, 5);
    assert_eq!(left(&rig), 25, "practice shows what booking would");
    rig.undo();
    assert_eq!(left(&rig), 30);
    rig.scan(&early());
    rig.count(0, 7);
    rig.book();
    rig.ask(Command::StartDeed {
        kind: DeedKind::Store,
    });
    rig.scan(&early());
    rig.ask(Command::LeaveTask);
    rig.reopen();
    assert!(rig.now_status().training, "a restart does not make it real");
    assert_eq!(left(&rig), 23);
    rig.sync();

    let tasks = practise(&rig, false);
    assert!(!tasks.status.training);
    assert_eq!(
        tasks.open,
        [TaskKind::Pick {
            order: common::region::order_no()
        }],
        "only the real one is open"
    );
    assert_eq!((rig.now_status().records, rig.now_status().unsent), (0, 0));
    assert_eq!(rig.server.events().len(), heard);
    let real = rig.pick();
    assert_eq!((real.basket.len(), real.basket[0].units), (1, 1));
    assert_eq!(real.lines.iter().find(|line| line.line == 1).unwrap().left, 29);
    rig.place(&bin(2));
    assert_eq!(rig.book().units, 1);
    assert_eq!(rig.now_status().records, 1);
}

#[test]
fn whoever_signs_in_next_works_for_real() {
    let rig = Rig::ready();
    practise(&rig, true);
    rig.pick();
    rig.scan(&early());
    rig.book();
    rig.ask(Command::SignOut);
    assert!(!rig.now_status().training);
    rig.sign_in_as("plockare2");
    assert!(!rig.now_status().training);
    assert_eq!(left(&rig), 30);
    rig.ask(Command::SignOut);
    rig.sign_in();
    assert!(
        !rig.now_status().training,
        "and so does the same person, tomorrow"
    );
    assert_eq!(rig.tasks().open.len(), 0);
    rig.pick();
    rig.scan(&early());
    rig.book();
    assert_eq!(rig.now_status().records, 1);
}
