//! A device that runs out of room: it says so while everything can still be booked, and never half writes.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{bin, pump_label};
use common::{Rig, scan};
use sparhund_scanner_core::api::{Command, Reply, Room, ScanOutcome};
use sparhund_shared::wire::OutboxFile;

const MB: u64 = 1 << 20;

fn free(rig: &Rig, bytes: u64) -> Room {
    rig.machine.free.set(Some(bytes));
    rig.now_status().room
}

#[test]
fn a_person_is_warned_then_stopped_and_can_still_book_what_lies_in_the_basket() {
    let rig = Rig::ready();
    assert_eq!(rig.now_status().room, Room::Enough, "a machine that does not say");
    assert_eq!(free(&rig, 64 * MB), Room::Enough);
    assert_eq!(free(&rig, 64 * MB - 1), Room::Low);
    rig.receive("Provverken AB");
    rig.scan(&pump_label("P-1"));
    assert_eq!(free(&rig, 16 * MB - 1), Room::Out);

    let problem = rig.problem(scan(&pump_label("P-2")));
    assert_eq!(problem.code, "store-nearly-full");
    let view = rig.task(Command::CurrentTask);
    assert_eq!(
        view.basket.len(),
        1,
        "the goods were not taken, the others were kept"
    );
    // What finishes the work goes on: a count, a place by its label, the booking, taking it back, sending.
    rig.count(0, 1);
    rig.place(&bin(1));
    rig.book();
    assert_eq!(rig.undo().len(), 1);
    assert_eq!(rig.sync().sent, 2);
    assert_eq!(free(&rig, 64 * MB), Room::Enough);
    assert!(matches!(
        rig.scan(&pump_label("P-2")).outcome,
        ScanOutcome::InBasket { .. }
    ));
}

#[test]
fn what_is_kept_free_holds_the_largest_basket_several_times() {
    let rig = Rig::ready();
    rig.receive("Provverken AB");
    for serial in 0..500 {
        rig.scan(&pump_label(&format!("P{serial:019}")));
    }
    rig.place(&bin(1));
    // Everything of the log is carried over, so that what comes is the booking alone.
    rig.reopen();
    let before = size(&rig);
    rig.book();
    let grown = size(&rig) - before;
    println!("500 serials: {grown} bytes");
    assert!(grown < 3 * MB, "{grown} bytes, 16 MB are kept free");
}

/// Bytes of the database and its log.
fn size(rig: &Rig) -> u64 {
    ["scanner.db", "scanner.db-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(rig.dir.path().join(name)).ok())
        .map(|file| file.len())
        .sum()
}

/// The client on a store that can grow by so many pages.
fn with_pages(rig: &Rig, more: i64) {
    rig.open_set_up(&rig.database(), |db| {
        let now: i64 = db
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        db.pragma_update_and_check(None, "max_page_count", now + more, |_| Ok(()))
            .unwrap();
    });
}

/// What stands in the store: how many records, and the tasks.
fn kept(rig: &Rig) -> (u32, Vec<String>) {
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let records = db
        .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
        .unwrap();
    let mut tasks = db.prepare("SELECT state FROM task ORDER BY key").unwrap();
    let tasks = tasks.query_map([], |row| row.get(0)).unwrap();
    (records, tasks.map(Result::unwrap).collect())
}

fn place() -> Command {
    Command::ChoosePlace {
        place: bin(1).parse().unwrap(),
    }
}

#[test]
fn a_full_store_stops_with_advice_and_loses_nothing() {
    let rig = Rig::ready();
    rig.receive("Provverken AB");
    let mut booked = 0;
    let mut stopped = 0;
    let mut serial = 0;
    with_pages(&rig, 6);
    // Every step may be the one that finds no room.
    for _ in 0..60 {
        serial += 1;
        let mut refused = false;
        for command in [
            scan(&pump_label(&format!("P{serial:019}"))),
            place(),
            Command::Book,
        ] {
            let before = kept(&rig);
            match rig.ask(command) {
                // The scan before it was the one that found no room, or the choice of the place.
                Reply::Error { error } if matches!(error.code.as_str(), "basket-empty" | "place-needed") => {
                    assert!(refused, "only after a step that found no room");
                }
                Reply::Error { error } => {
                    assert_eq!(error.code, "store-full", "{error:?}");
                    assert!(error.message.contains("make room"), "{error:?}");
                    assert_eq!(kept(&rig), before, "nothing half written");
                    stopped += 1;
                    refused = true;
                }
                Reply::Booked(view) => booked += view.units,
                _ => {}
            }
        }
        if stopped > 20 {
            break;
        }
    }
    assert!(stopped > 20, "{stopped} stops, {booked} units booked");
    // What waits can be saved, and when there is room again it is sent whole.
    let Reply::Outbox(view) = rig.ask(Command::ExportOutbox) else {
        panic!("no file")
    };
    let file = OutboxFile::read(&view.file.0).unwrap();
    let records: usize = file.uploads.iter().map(|upload| upload.records.len()).sum();
    assert_eq!(u64::try_from(records).unwrap(), rig.now_status().records);
    rig.reopen();
    if !rig.task(Command::CurrentTask).basket.is_empty() {
        rig.place(&bin(1));
        booked += rig.book().units;
    }
    rig.sync();
    let books = rig.server.movements();
    assert_eq!(books.len(), usize::try_from(booked).unwrap(), "each unit once");
}
