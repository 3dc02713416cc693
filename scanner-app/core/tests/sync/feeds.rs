//! Reference data comes down, and what differs from the server is found.

use sparhund_scanner_core::api::{AlertCode, Command};
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, early};
use crate::common::server::{Fault, Server};
use crate::common::{Rig, reasons};

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
fn the_hold_list_of_a_server_that_is_alone_is_as_old_as_its_last_exchange() {
    let rig = Rig::ready();
    rig.sync();
    let at = rig.now_status().holds_at.unwrap();
    // Its clock is an hour ahead of this one.
    let (alone, ahead) = (at - 600_000, 3_600_000);
    {
        let mut server = rig.server.0.borrow_mut();
        server.now += ahead;
        server.alone_since = Some(alone + ahead);
    }
    rig.machine.pass(5_000);
    rig.server.0.borrow_mut().now += 5_000;
    rig.sync();
    let told = rig.now_status().holds_at.unwrap();
    assert!((told - alone).abs() < 5_000, "{told} {alone}");
    rig.server.0.borrow_mut().alone_since = Some(0);
    rig.sync();
    assert_eq!(rig.now_status().holds_at, None, "it never knew the region's");
    rig.server.0.borrow_mut().alone_since = None;
    rig.sync();
    assert!(rig.now_status().holds_at.unwrap() > at);
}
