//! Synchronising: holds first, what is missing, and what happens when things go wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, early};
use common::server::{Fault, Server};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{AlertCode, Command, Reply};
use sparhund_shared::log::{Hash, LogId, Sealed};
use sparhund_shared::wire::{RefusalCode, Topic};

/// Books single receipts.
fn book(rig: &Rig, times: usize) {
    rig.receive("Prov AB");
    rig.place(&bin(1));
    for _ in 0..times {
        rig.scan(&early());
        rig.book();
    }
}

#[test]
fn holds_come_before_anything_is_sent() {
    let rig = Rig::ready();
    book(&rig, 1);
    rig.server.0.borrow_mut().heard.clear();
    rig.sync();
    let heard = rig.server.heard();
    assert_eq!(heard[..3], ["/sync/feed/holds", "/sync/heads", "/sync/records"]);
    let topics: Vec<_> = heard[3..]
        .iter()
        .filter(|path| path.starts_with("/sync/feed"))
        .collect();
    let mut first_seen = topics.clone();
    first_seen.dedup();
    assert_eq!(
        first_seen,
        [
            "/sync/feed/places",
            "/sync/feed/users",
            "/sync/feed/orders",
            "/sync/feed/articles"
        ]
    );
}

#[test]
fn nothing_works_before_enrolment_and_nothing_is_asked() {
    let rig = Rig::with(Server::with_region(), 1);
    assert_eq!(rig.problem(Command::Sync).code, "not-enrolled");
    let sign_in = Command::SignIn {
        login: "a".to_owned(),
        password: "b".to_owned(),
    };
    assert_eq!(rig.problem(sign_in).code, "not-enrolled");
    assert!(rig.server.heard().is_empty());
    let wrong = Command::Enrol {
        server: "https://server/".to_owned(),
        code: "WRONG".to_owned(),
        name: "H".to_owned(),
    };
    assert_eq!(rig.problem(wrong).code, "enrolment-code");
    rig.enrol();
    let sign_in = Command::SignIn {
        login: "a".to_owned(),
        password: "b".to_owned(),
    };
    assert_eq!(rig.problem(sign_in).code, "wrong-password");
    assert!(rig.now_status().enrolled);
}

#[test]
fn an_enrolment_without_an_answer_is_done_again_in_a_new_log() {
    let rig = Rig::with(Server::with_region(), 1);
    rig.server.fail_next(&[Some(Fault::Unanswered)]);
    let enrol = || Command::Enrol {
        server: "https://server".to_owned(),
        code: "CODE".to_owned(),
        name: "H".to_owned(),
    };
    assert_eq!(rig.problem(enrol()).code, "enrol-offline");
    rig.enrol();
    assert_eq!(rig.server.0.borrow().keys.len(), 2, "the first log is never used");
}

#[test]
fn a_lost_receipt_doubles_nothing() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.server.fail_next(&[None, None, Some(Fault::Unanswered)]);
    assert_eq!(rig.problem(Command::Sync).code, "offline");
    assert_eq!(rig.server.events().len(), 3);
    assert_eq!(rig.now_status().unsent, 3, "not acknowledged");
    assert!(!rig.now_status().online);
    let view = rig.sync();
    assert_eq!((view.sent, view.status.unsent), (3, 0));
    assert_eq!(rig.server.events().len(), 3);
}

#[test]
fn large_outboxes_go_in_batches() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    // Many different lots in one booking: 620 records in one transaction.
    for lot in 0..620 {
        rig.scan(&format!("(01){}(17)270331(10)L{lot}", region::compress()));
        if lot % 31 == 30 {
            rig.book();
        }
    }
    assert_eq!(rig.sync().sent, 620);
    assert_eq!(rig.server.0.borrow().largest_batch, 500);
}

#[test]
fn a_record_that_is_not_proven_in_a_batch_goes_alone() {
    let rig = Rig::ready();
    book(&rig, 3);
    {
        let mut state = rig.server.0.borrow_mut();
        state.refuse.insert(2, RefusalCode::Unproven);
        state.refuse_in_company = true;
    }
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (3, 0, 0));
}

/// Calls of a path since the last look.
fn calls(rig: &Rig, path: &str) -> usize {
    let heard = std::mem::take(&mut rig.server.0.borrow_mut().heard);
    heard.iter().filter(|other| *other == path).count()
}

#[test]
fn one_damaged_record_costs_one_more_upload() {
    let rig = Rig::ready();
    book(&rig, 40);
    // The disk changed record 25: the next one no longer names its hash.
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let bytes: Vec<u8> = db
        .query_row("SELECT bytes FROM record WHERE seq = 25", [], |row| row.get(0))
        .unwrap();
    let mut record = Sealed::open(bytes).unwrap().record().clone();
    record.at += 1;
    db.execute(
        "UPDATE record SET bytes = ?1 WHERE seq = 25",
        [Sealed::new(record).bytes()],
    )
    .unwrap();
    calls(&rig, "");
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (40, 0, 0));
    assert_eq!(rig.server.events().len(), 40);
    assert_eq!(calls(&rig, "/sync/records"), 2);
}

#[test]
fn records_that_no_company_proves_go_alone_in_the_end() {
    let rig = Rig::ready();
    book(&rig, 8);
    {
        let mut state = rig.server.0.borrow_mut();
        state.refuse = (1..=8).map(|seq| (seq, RefusalCode::Unproven)).collect();
        state.refuse_in_company = true;
    }
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (8, 0, 0));
}

#[test]
fn an_outbox_too_large_for_the_server_goes_in_smaller_parts() {
    let rig = Rig::ready();
    book(&rig, 60);
    let one = {
        let db = rusqlite::Connection::open(rig.database()).unwrap();
        db.query_row("SELECT max(length(bytes)) FROM record", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap()
    };
    rig.server.0.borrow_mut().body_limit = usize::try_from(one * 10).ok();
    calls(&rig, "");
    assert_eq!(rig.sync().sent, 60);
    assert_eq!(rig.server.events().len(), 60);
    assert!(calls(&rig, "/sync/records") < 20, "the limit is learnt once");
    // What cannot be made smaller is told, and nothing is lost.
    rig.server.0.borrow_mut().body_limit = Some(10);
    book(&rig, 2);
    rig.ask(Command::Sync);
    let status = rig.now_status();
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (2, AlertCode::SyncRefused)
    );
    rig.server.0.borrow_mut().body_limit = None;
    assert_eq!(rig.sync().sent, 2);
}

#[test]
fn a_refused_record_is_kept_and_shown_and_holds_nothing_up() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.server.0.borrow_mut().refuse.insert(2, RefusalCode::Malformed);
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (2, 1, 0));
    assert_eq!(view.status.alerts[0].code, AlertCode::RecordRefused);
    book(&rig, 1);
    let again = rig.sync();
    assert_eq!((again.sent, again.refused), (1, 0), "and is not sent for ever");
}

#[test]
fn differing_reference_data_is_found_and_fetched_anew() {
    let rig = Rig::ready();
    let mut place = region::places().remove(1);
    "A-01 (ny skylt)".clone_into(&mut place.name);
    rig.server
        .corrupt(Topic::Places, &place.code.to_string(), region::value(&place));
    let view = rig.sync();
    assert_eq!(view.repaired, [Topic::Places]);
    assert_eq!(view.status.alerts[0].code, AlertCode::DigestRepaired);
    rig.receive("Prov AB");
    assert_eq!(rig.place(&bin(1)).task.place.unwrap().name, "A-01 (ny skylt)");
    assert!(rig.sync().repaired.is_empty());
}

#[test]
fn rows_that_are_gone_go_and_their_indexes_too() {
    let rig = Rig::ready();
    let hold = region::hold(region::compress(), None);
    rig.server.hold(&hold);
    rig.sync();
    rig.receive("Prov AB");
    assert_eq!(reasons(&rig.scan(&early())), ["held"]);
    rig.server.put(Topic::Holds, &hold.id.to_string(), None);
    rig.server.put(Topic::Articles, "A-1", None);
    assert!(rig.sync().repaired.is_empty());
    assert_eq!(reasons(&rig.scan(&early())), ["unknown-article"]);
    // A row that vanished without a word is found by its digest.
    rig.server
        .0
        .borrow_mut()
        .feeds
        .get_mut(&Topic::Articles)
        .unwrap()
        .remove("A-2");
    assert_eq!(rig.sync().repaired, [Topic::Articles]);
    assert_eq!(rig.now_status().articles, 0);
}

#[test]
fn the_register_counts_as_complete_when_every_topic_was_fetched_once() {
    let rig = Rig::with(Server::with_region(), 1);
    rig.enrol();
    rig.sign_in();
    assert!(!rig.now_status().complete);
    // Holds, heads, places, users and orders come; of the articles the first page does, and not the second.
    rig.server.0.borrow_mut().page = 1;
    let mut polls = 0;
    while rig.now_status().articles == 0 {
        polls += 1;
        rig.ask_for(Command::Sync, polls);
    }
    let status = rig.now_status();
    assert!(status.articles > 0 && !status.complete, "{status:?}");
    assert!(rig.sync().status.complete);
    // Later troubles do not take it back: what is here was whole once.
    rig.server.offline(true);
    rig.ask(Command::Sync);
    rig.reopen();
    assert!(rig.now_status().complete);
}

#[test]
fn own_work_counts_once_while_it_settles() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    let picked = |rig: &Rig| {
        rig.pick()
            .lines
            .iter()
            .map(|line| line.progress.picked)
            .max()
            .unwrap()
    };
    assert_eq!(picked(&rig), 12);
    // Holds, heads, records, places and users go well; the order feed does not come.
    rig.server
        .fail_next(&[None, None, None, None, None, Some(Fault::Lost)]);
    rig.ask(Command::Sync);
    assert_eq!(rig.now_status().unsent, 0);
    let mut order = region::order();
    order.lines[0].progress.picked = 12;
    order.lines[0].options.remove(0);
    rig.server.put(Topic::Orders, "O-1", Some(region::value(&order)));
    assert_eq!(picked(&rig), 12);
    rig.sync();
    assert_eq!(picked(&rig), 12, "the server's row alone now");
}

#[test]
fn sync_runs_while_scans_are_handled_and_runs_once() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let (synced, scanned) = rig.ask_both(Command::Sync, common::scan(&early()));
    assert!(matches!(synced, Reply::Synced(_)));
    assert!(matches!(scanned, Reply::Scanned(_)));
    rig.server.0.borrow_mut().heard.clear();
    let (first, second) = rig.ask_both(Command::Sync, Command::Sync);
    let joined = |reply: Reply| match reply {
        Reply::Synced(view) => view.joined,
        other => panic!("{other:?}"),
    };
    assert_eq!((joined(first), joined(second)), (false, true));
    let heads = rig
        .server
        .heard()
        .iter()
        .filter(|path| *path == "/sync/heads")
        .count();
    assert_eq!(heads, 1);
    // A sync that is given up does not lock the next one out.
    rig.ask_for(Command::Sync, 3);
    assert!(!rig.sync().joined);
}

#[test]
fn the_timer_keeps_quiet_and_wakes_up() {
    let rig = Rig::ready();
    let heard = |rig: &Rig| rig.server.heard().len();
    let before = heard(&rig);
    assert!(matches!(rig.ask(Command::SyncIfDue), Reply::Status(_)));
    assert_eq!(heard(&rig), before);
    book(&rig, 1);
    rig.machine.pass(1_500);
    assert!(matches!(rig.ask(Command::SyncIfDue), Reply::Synced(_)));
    rig.server.fail_next(&[Some(Fault::Busy)]);
    rig.machine.pass(60_000);
    assert!(matches!(rig.ask(Command::SyncIfDue), Reply::Error { .. }));
    assert!(
        matches!(rig.ask(Command::SyncIfDue), Reply::Status(_)),
        "backs off"
    );
    let away = rig.status(Command::NoteNetwork { online: false });
    assert!(!away.online);
    rig.status(Command::NoteNetwork { online: true });
    assert!(matches!(rig.ask(Command::SyncIfDue), Reply::Synced(_)));
    assert!(rig.now_status().online);
    rig.reopen();
    assert!(
        matches!(rig.ask(Command::SyncIfDue), Reply::Synced(_)),
        "after the start"
    );
}

#[test]
fn a_restored_client_begins_a_new_log_and_tells_its_events_again() {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.sync();
    book(&rig, 1);
    let copy = rig.dir.path().join("copy.db");
    rig.reopen();
    rusqlite::Connection::open(rig.database())
        .unwrap()
        .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
        .unwrap();
    book(&rig, 2);
    rig.sync();
    assert_eq!(rig.server.events().len(), 5);
    // The phone is restored from the copy: one record was unsent in it, and another one is added.
    rig.open_at(&copy);
    book(&rig, 1);
    assert_eq!(rig.now_status().unsent, 2);
    assert_eq!(rig.problem(Command::Sync).code, "log-restarted");
    let status = rig.now_status();
    assert!(!status.enrolled);
    assert_eq!(
        (status.unsent, status.records),
        (4, 4),
        "all that no backup covers is told again in the new log"
    );
    assert_eq!(status.alerts[0].code, AlertCode::LogRestarted);
    assert_eq!(rig.problem(Command::Sync).code, "not-enrolled");
    book(&rig, 1);
    rig.enrol();
    assert_eq!(rig.sync().sent, 5);
    let mut events = rig.server.events();
    assert_eq!(events.len(), 10, "three were told in both logs");
    events.dedup();
    assert_eq!(events.len(), 7);
    let stock = rig.server.books().stock();
    assert_eq!(
        stock.iter().map(|(_, _, _, units)| units).sum::<i64>(),
        7,
        "counted once"
    );
    assert!(rig.server.books().conflicts().is_empty());
}

#[test]
fn a_fork_at_our_own_place_begins_a_new_log_too() {
    let rig = Rig::ready();
    book(&rig, 2);
    let copy = rig.dir.path().join("copy.db");
    rusqlite::Connection::open(rig.database())
        .unwrap()
        .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
        .unwrap();
    book(&rig, 1);
    rig.sync();
    rig.open_at(&copy);
    rig.machine.pass(5);
    book(&rig, 1);
    assert_eq!(rig.problem(Command::Sync).code, "log-restarted");
}

#[test]
fn a_server_restored_from_backup_gets_its_records_again() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    rig.server.0.borrow_mut().records.retain(|(_, seq), _| *seq <= 2);
    let view = rig.sync();
    assert_eq!((view.sent, view.status.unsent), (3, 0));
    assert_eq!(rig.server.events().len(), 5);
}

/// Units in stock at the server, and whether the books are free of conflicts.
fn units(rig: &Rig) -> i64 {
    let books = rig.server.books();
    assert!(books.conflicts().is_empty());
    books.stock().iter().map(|(_, _, _, units)| units).sum()
}

#[test]
fn a_server_restored_to_before_the_enrolment_gets_everything_again() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.sync();
    book(&rig, 1);
    // Monday's backup does not know the device that was enrolled on Tuesday.
    rig.server.0.borrow_mut().forget_devices();
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    assert!(!rig.now_status().enrolled);
    rig.enrol();
    assert_eq!(rig.now_status().unsent, 4);
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (4, 0));

    // Once more: what earlier lives told is not lost with a later one either.
    book(&rig, 1);
    rig.sync();
    rig.server.0.borrow_mut().forget_devices();
    rig.ask(Command::Sync);
    rig.enrol();
    rig.sync();
    assert_eq!((units(&rig), rig.server.events().len()), (5, 5));
}

#[test]
fn enrolling_again_at_the_same_server_counts_nothing_twice() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    rig.server.0.borrow_mut().covered.insert(log, 2);
    rig.sync();
    rig.server.0.borrow_mut().revoked = true;
    rig.ask(Command::Sync);
    rig.enrol();
    assert_eq!(
        rig.now_status().unsent,
        1,
        "what a verified backup covers is not told again"
    );
    rig.sync();
    assert_eq!(units(&rig), 3);
}

#[test]
fn only_covered_records_are_forgotten_and_only_when_old() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    let kept = |rig: &Rig| -> i64 {
        rusqlite::Connection::open(rig.database())
            .unwrap()
            .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
            .unwrap()
    };
    rig.machine.pass(8 * 24 * 3_600_000);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.sync();
    assert_eq!(kept(&rig), 5, "no verified backup has them");
    rig.server.0.borrow_mut().covered.insert(log, 3);
    rig.sync();
    assert_eq!(kept(&rig), 2);
    rig.sign_in();
    book(&rig, 1);
    assert_eq!(rig.sync().sent, 1, "the chain goes on");
    assert_eq!(rig.server.0.borrow().head(log).seq, 6);
    assert_ne!(rig.server.0.borrow().head(log).hash, Hash::ZERO);
}

#[test]
fn a_shut_out_device_says_so_and_keeps_its_scans() {
    let rig = Rig::ready();
    book(&rig, 1);
    rig.server.0.borrow_mut().unauthorized = true;
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    let status = rig.now_status();
    assert!(!status.enrolled);
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (1, AlertCode::DeviceRefused)
    );
    rig.server.0.borrow_mut().unauthorized = false;
    rig.enrol();
    assert_eq!(rig.sync().sent, 1);
}

#[test]
fn a_revoked_device_learns_it_and_sends_its_scans_after_enrolling_again() {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.server.0.borrow_mut().revoked = true;
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    let status = rig.now_status();
    assert!(!status.enrolled, "the enrolment is asked for");
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (2, AlertCode::DeviceRefused)
    );
    rig.enrol();
    assert_eq!(rig.sync().sent, 2);
    assert!(rig.now_status().alerts.is_empty());
}

#[test]
fn a_sync_that_is_refused_for_good_says_so_until_it_goes_well() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().forbid = Some((403, "forbidden"));
    rig.ask(Command::Sync);
    let status = rig.now_status();
    assert!(status.enrolled, "nobody shut the device out");
    assert_eq!(status.alerts.len(), 1);
    assert_eq!(status.alerts[0].code, AlertCode::SyncRefused);
    assert!(status.alerts[0].detail.contains("403"), "{:?}", status.alerts);
    rig.server.0.borrow_mut().forbid = Some((400, "malformed-json"));
    rig.ask(Command::Sync);
    assert_eq!(rig.now_status().alerts.len(), 1, "the latest reason only");
    // Passing troubles are no news.
    for passing in [(429, "throttled"), (408, "slow-body"), (503, "busy")] {
        rig.server.0.borrow_mut().forbid = None;
        assert!(rig.sync().status.alerts.is_empty());
        rig.server.0.borrow_mut().forbid = Some(passing);
        rig.ask(Command::Sync);
        assert!(rig.now_status().alerts.is_empty(), "{passing:?}");
    }
}

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
