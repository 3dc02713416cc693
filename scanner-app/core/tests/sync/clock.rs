//! Clocks that differ are measured, and a log does not run ahead of time.

use sparhund_scanner_core::api::{AlertCode, Command};
use sparhund_shared::log::LogId;

use super::{book, units};
use crate::common::Rig;
use crate::common::region::{bin, early};

const DAY: i64 = 24 * 3_600_000;

/// Ticks of everything the server holds of a log, in order.
fn ticks(rig: &Rig, log: LogId) -> Vec<i64> {
    let state = rig.server.0.borrow();
    let records = state.records.iter().filter(|((of, _), _)| *of == log);
    records.map(|(_, there)| there[0].record().tick).collect()
}

#[test]
fn nothing_is_booked_while_the_clocks_are_a_day_apart() {
    let rig = Rig::ready();
    book(&rig, 1);
    rig.sync();
    // The server's clock is wrong, or ours: nobody here can tell.
    rig.server.0.borrow_mut().now = rig.machine.now.get() + 2 * DAY;
    rig.sync();
    rig.scan(&early());
    rig.place(&bin(1));
    let problem = rig.problem(Command::Book);
    assert_eq!(
        (problem.code.as_str(), problem.args["days"].as_str()),
        ("clock-wrong", "2")
    );
    assert_eq!(rig.now_status().records, 1);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.sync();
    assert!(
        rig.now_status().enrolled,
        "nobody enrols anew for a server's clock"
    );
    assert_eq!(rig.book().events.len(), 1, "the basket waited");
}

#[test]
fn a_log_that_ran_ahead_of_time_is_left_for_a_new_one() {
    let rig = Rig::ready();
    book(&rig, 1);
    rig.sync();
    let right = rig.machine.now.get();
    // The clock jumps ten years while there is no network; the last measured offset knows nothing of it.
    rig.machine.pass(3_650 * DAY);
    rig.server.0.borrow_mut().now = right;
    rig.server.offline(true);
    rig.ask(Command::Sync);
    rig.server.offline(false);
    rig.sign_in();
    book(&rig, 1);
    rig.machine.now.set(right + 1_000);
    book(&rig, 1);
    rig.server.0.borrow_mut().now = right + 1_000;
    assert_eq!(rig.problem(Command::Sync).code, "log-restarted");
    let status = rig.now_status();
    assert_eq!((status.enrolled, status.unsent), (false, 3));
    assert_eq!(status.alerts[0].code, AlertCode::LogRestarted);
    let known: Vec<LogId> = rig.server.0.borrow().keys.keys().copied().collect();
    rig.enrol();
    rig.sync();
    let new = {
        let state = rig.server.0.borrow();
        *state.keys.keys().find(|log| !known.contains(log)).unwrap()
    };
    let ticks = ticks(&rig, new);
    assert_eq!(ticks.len(), 3);
    assert!(
        ticks.iter().all(|tick| (right..right + DAY).contains(tick)),
        "{ticks:?}"
    );
    assert_eq!(units(&rig), 3);
    assert!(rig.now_status().enrolled && rig.sync().status.alerts.is_empty());
}

#[test]
fn a_clock_that_is_off_is_measured_and_told() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().now = rig.machine.now.get() - 600_000;
    let view = rig.sync();
    assert_eq!(view.status.alerts[0].code, AlertCode::ClockSkew);
    book(&rig, 1);
    rig.sync();
    let state = rig.server.0.borrow();
    let record = state.records.values().next().unwrap()[0].record().clone();
    assert_eq!(record.offset, Some(600_000));
    assert_eq!(record.tick, record.at - 600_000);
    drop(state);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    assert!(rig.sync().status.alerts.is_empty());
}
