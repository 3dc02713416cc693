//! Goods receipt against what was announced, offline, with undo.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod announced;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod marks;

use common::Rig;
use common::region::{self, compress, compress_ten, pump};
use sparhund_scanner_core::api::{Command, ReceiptSay, ReceiptView, ScanView, TaskView};
use sparhund_shared::event::{Event, ReasonCode};
use sparhund_shared::identity::{Gtin, Sscc, UdiDi, check_digit};
use sparhund_shared::reference::{AnnouncedDelivery, AnnouncedLine, Received};
use sparhund_shared::wire::Topic;

const SUPPLIER: &str = "Fjällmed AB";

fn sscc(number: u32) -> Sscc {
    let body = format!("3735000000000{number:04}");
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
        .parse()
        .unwrap()
}

fn unit_label(number: u32) -> String {
    format!("(00){}", sscc(number))
}

fn line(number: u32, di: Gtin, lot: Option<&str>, units: u32, unit: u32) -> AnnouncedLine {
    AnnouncedLine {
        line: number,
        di: Some(UdiDi::gs1(di)),
        article: None,
        name: Some("som avsändaren skriver".to_owned()),
        lot: lot.map(|lot| lot.parse().unwrap()),
        serial: None,
        expiry: Some("2027-03-31".parse().unwrap()),
        units,
        sscc: Some(sscc(unit)),
    }
}

/// 30 compresses of lot EARLY as packages of ten and 5 of lot LATE in the first unit, one pump in the second.
fn delivery() -> AnnouncedDelivery {
    let mut pump = line(3, pump(), None, 1, 2);
    pump.serial = Some("S1".parse().unwrap());
    pump.expiry = None;
    AnnouncedDelivery {
        no: "FS-7".parse().unwrap(),
        supplier: SUPPLIER.to_owned(),
        order: Some("INK-1".to_owned()),
        to: None,
        expected_at: Some(1),
        lines: vec![
            line(1, compress_ten(), Some("EARLY"), 30, 1),
            line(2, compress(), Some("LATE"), 5, 1),
            pump,
        ],
        received: Received::default(),
    }
}

/// A handheld that was told of the delivery, and is offline.
fn offline() -> Rig {
    let rig = Rig::ready();
    let delivery = delivery();
    rig.server
        .put(Topic::Deliveries, &delivery.key(), Some(region::value(&delivery)));
    rig.sync();
    rig.server.offline(true);
    rig
}

fn open(rig: &Rig) -> TaskView {
    rig.task(Command::StartReceive {
        supplier: SUPPLIER.to_owned(),
        reference: Some("FS-7".to_owned()),
    })
}

fn say(rig: &Rig, say: ReceiptSay) -> ScanView {
    rig.judged(Command::Receipt { say })
}

fn receipt(task: &TaskView) -> &ReceiptView {
    task.receipt.as_ref().unwrap()
}

/// Line, scanned, told, missing and surplus.
fn counts(task: &TaskView) -> Vec<(u32, i64, i64, i64, i64)> {
    let lines = receipt(task).lines.iter();
    lines
        .map(|line| (line.line, line.scanned, line.told, line.missing, line.surplus))
        .collect()
}

/// Everything the server holds after the network came back, in order.
fn told(rig: &Rig) -> Vec<Event> {
    rig.server.offline(false);
    rig.sync();
    let state = rig.server.0.borrow();
    let records = state.records.values().flatten();
    records.map(|sealed| sealed.record().event().unwrap()).collect()
}

/// Reason, base units and logistic unit of each difference.
fn differences(events: &[Event]) -> Vec<(ReasonCode, u32, Option<Sscc>)> {
    let differences = events.iter().filter_map(|event| match event {
        Event::Differ(difference) => Some(difference),
        _ => None,
    });
    differences
        .map(|difference| {
            (
                difference.reason,
                difference.units.get(),
                difference.delivery.sscc,
            )
        })
        .collect()
}
