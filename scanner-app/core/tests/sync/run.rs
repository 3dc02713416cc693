//! When a sync runs, and what it asks for first.

use sparhund_scanner_core::api::{Command, Reply};

use super::book;
use crate::common;
use crate::common::Rig;
use crate::common::region::early;
use crate::common::server::Fault;

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
            "/sync/feed/rules",
            "/sync/feed/deliveries",
            "/sync/feed/stock",
            "/sync/feed/articles"
        ]
    );
}

#[test]
fn sync_runs_while_scans_are_handled_and_runs_once() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let (synced, scanned) = rig.ask_both(Command::Sync, 0, || {}, common::scan(&early()));
    assert!(matches!(synced, Reply::Synced(_)));
    assert!(matches!(scanned, Reply::Scanned(_)));
    rig.server.0.borrow_mut().heard.clear();
    let (first, second) = rig.ask_both(Command::Sync, 0, || {}, Command::Sync);
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
