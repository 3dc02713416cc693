//! Goods that move on are weighed by the holds of that moment, when the server can be asked.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, compress, early, late, pump_label, ward};
use common::server::Fault;
use common::{Rig, reasons};
use sparhund_scanner_core::api::{AlertCode, Command, Reply};
use sparhund_shared::log::HoldId;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

/// Feeds of holds that were asked for.
fn looks(rig: &Rig) -> usize {
    let path = "/sync/feed/holds";
    rig.server.heard().iter().filter(|heard| *heard == path).count()
}

/// Another hold than the one of the region.
fn another_id(number: u8) -> HoldId {
    HoldId(
        format!("00000000-0000-7000-8000-00000000010{number}")
            .parse()
            .unwrap(),
    )
}

fn hold(rig: &Rig) {
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
}

#[test]
fn a_hold_set_since_the_last_sync_stops_the_pick() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    hold(&rig);
    let stopped = rig.judged(Command::Book);
    assert_eq!(reasons(&stopped), ["held"]);
    assert_eq!(rig.now_status().records, 0, "nothing was booked");
    assert!(stopped.task.basket.is_empty(), "it is set aside");
}

#[test]
fn sound_goods_beside_held_ones_are_booked_once_those_are_set_aside() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&pump_label("P1"));
    rig.scan(&early());
    hold(&rig);
    assert_eq!(reasons(&rig.judged(Command::Book)), ["held"]);
    rig.reopen();
    let kept = rig.pick();
    assert!(kept.stop.is_some(), "the STOP stands over a restart");
    assert_eq!(kept.basket.len(), 1, "the pump stays");
    assert!(rig.task(Command::AcknowledgeStop).stop.is_none());
    assert_eq!(rig.book().units, 1);
}

#[test]
fn a_hold_set_since_the_last_sync_stops_delivery_and_ward_receipt() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    rig.deliver();
    rig.place(&ward());
    hold(&rig);
    assert_eq!(reasons(&rig.judged(Command::Book)), ["held"]);

    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.book();
    rig.deliver();
    rig.place(&ward());
    rig.book();
    rig.confirm();
    rig.scan(&early());
    hold(&rig);
    assert_eq!(reasons(&rig.judged(Command::Book)), ["held"]);
}

#[test]
fn a_scan_asks_nobody_and_without_network_neither_does_booking() {
    let rig = Rig::ready();
    rig.pick();
    let before = rig.server.heard().len();
    rig.scan(&early());
    rig.count(0, 2);
    assert_eq!(
        rig.server.heard().len(),
        before,
        "the scan answers from the device"
    );
    rig.status(Command::NoteNetwork { online: false });
    rig.book();
    assert_eq!(rig.server.heard().len(), before);
}

#[test]
fn a_server_that_does_not_answer_holds_nobody_up_twice() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    hold(&rig);
    rig.server.fail_next(&[Some(Fault::Lost)]);
    assert_eq!(rig.book().units, 1, "what is known here decides");
    assert!(rig.now_status().online, "slow is not gone");
    let asked = rig.server.waits();
    assert!(asked.last().is_some_and(|wait| *wait <= 800), "{asked:?}");
    rig.scan(&early());
    let before = looks(&rig);
    rig.book();
    assert_eq!(
        looks(&rig),
        before,
        "it is not asked again before a sync went well"
    );
    rig.sync();
    rig.scan(&pump_label("P1"));
    rig.book();
    assert_eq!(looks(&rig), before + 2, "the sync, and booking again");
}

#[test]
fn a_client_that_was_started_again_asks_before_it_books() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    hold(&rig);
    rig.reopen();
    assert_eq!(reasons(&rig.judged(Command::Book)), ["held"]);
    assert!(rig.now_status().online);
    // Where the first one who books finds nobody, the next does not wait.
    rig.scan(&pump_label("P1"));
    rig.reopen();
    rig.server.offline(true);
    let before = rig.server.waits().len();
    rig.book();
    rig.scan(&pump_label("P2"));
    rig.book();
    assert_eq!(rig.server.waits().len(), before + 1);
    assert!(!rig.now_status().online);
    // Until the machine says that there is a network.
    rig.status(Command::NoteNetwork { online: true });
    rig.scan(&late());
    rig.book();
    assert_eq!(rig.server.waits().len(), before + 2);
}

#[test]
fn a_long_list_of_holds_is_read_to_its_end_or_to_the_end_of_patience() {
    for (pause, verdict) in [(100, Verdict::Stop), (900, Verdict::Ok)] {
        let rig = Rig::ready();
        rig.pick();
        rig.scan(&early());
        for number in 0..7 {
            let mut other = region::hold(compress(), Some("OTHER"));
            other.id = another_id(number);
            rig.server.hold(&other);
        }
        hold(&rig);
        // Each page is three rows; the one that counts is on the third.
        let clock = rig.machine.now.clone();
        rig.server.on_request(move || clock.set(clock.get() + pause));
        match rig.ask(Command::Book) {
            Reply::Scanned(view) => assert_eq!(view.judgement.verdict, verdict),
            Reply::Booked(_) => assert_eq!(verdict, Verdict::Ok),
            other => panic!("{other:?}"),
        }
    }
}

/// A sync whose page of holds is held back, and a booking that overtakes it: the hold of another lot is widened to
/// the lot in the basket while the page is on its way.
fn overtaken(rig: &Rig, faults: &[Option<Fault>]) {
    rig.server.fail_next(faults);
    let (synced, booked) = rig.ask_both(Command::Sync, faults.len(), || hold(rig), Command::Book);
    assert!(
        matches!(&booked, Reply::Scanned(view) if reasons(view) == ["held"]),
        "{booked:?}"
    );
    assert!(matches!(synced, Reply::Synced(_)), "{synced:?}");
    assert_eq!(reasons(&rig.scan(&early())), ["held"], "what is newer stays");
}

#[test]
fn a_page_that_was_overtaken_does_not_undo_what_is_newer() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.server.hold(&region::hold(compress(), Some("OTHER")));
    overtaken(&rig, &[Some(Fault::Slow)]);
    assert!(rig.sync().repaired.is_empty());
    assert!(rig.now_status().alerts.is_empty());
}

#[test]
fn holds_that_are_fetched_anew_do_not_undo_what_is_newer() {
    let rig = Rig::ready();
    let mut other = region::hold(compress(), Some("OTHER"));
    other.id = another_id(0);
    rig.server.hold(&other);
    rig.sync();
    rig.pick();
    rig.scan(&early());
    // The list differs without a change that tells it: it is fetched from the beginning.
    other.lot = Some("SECOND".parse().unwrap());
    rig.server
        .corrupt(Topic::Holds, &other.id.to_string(), region::value(&other));
    overtaken(&rig, &[None, Some(Fault::Slow)]);
    assert!(rig.sync().repaired.is_empty(), "both were mended by the first");
    assert_eq!(rig.now_status().alerts[0].code, AlertCode::DigestRepaired);
}
