//! The calibration scan: how a scanner writes is found out, kept, used and told in each record.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, compress};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{Command, ProfileSource, RawScan};
use sparhund_shared::carrier::{CALIBRATION, HostLayout, Keys};
use sparhund_shared::event::EntryMethod;

fn calibrate(physical: Option<&str>, text: &str) -> Command {
    Command::Calibrate {
        physical: physical.map(ToOwned::to_owned),
        text: text.to_owned(),
    }
}

fn wedge(text: &str) -> Command {
    Command::Scan {
        raw: RawScan::from(text),
        entry: EntryMethod::Wedge,
    }
}

#[test]
fn a_calibrated_scanner_is_read_by_its_profile_and_each_record_says_so() {
    let rig = Rig::ready();
    rig.receive("Nordmark");
    let label = format!("]d201{}10A-1\u{1d}17270331", compress());
    rig.judged(wedge(&label));
    rig.place(&region::bin(1));
    rig.book();
    // The scanner sends ~ for GS from now on.
    let symbol = format!("]d2{}", CALIBRATION.replace('\u{1d}', "~"));
    let status = rig.status(calibrate(Some(&symbol), &symbol));
    let profile = status.profile.unwrap();
    assert_eq!(profile.source, ProfileSource::Calibrated);
    assert_eq!(profile.wedge.keys(), &Keys::Physical);
    rig.reopen();
    rig.receive("Nordmark");
    let scanned = rig.judged(wedge(&label.replace('\u{1d}', "~")));
    assert_eq!(reasons(&scanned), [""; 0]);
    // What the camera saw does not go through the keyboard.
    let camera = || Command::Scan {
        raw: RawScan::from(label.as_str()),
        entry: EntryMethod::Camera,
    };
    rig.judged(camera());
    rig.place(&region::bin(1));
    rig.book();
    rig.judged(camera());
    rig.judged(wedge(&label.replace('\u{1d}', "~")));
    rig.place(&region::bin(1));
    rig.book();
    rig.sync();
    let told: Vec<_> = rig
        .server
        .movements()
        .into_iter()
        .map(|movement| {
            let lot = movement.item.unit().lot.unwrap().to_string();
            (lot, movement.capture.profile, movement.capture.entries)
        })
        .collect();
    let lot = "A-1".to_owned();
    assert_eq!(told[0], (lot.clone(), None, None), "nobody had calibrated");
    let profile = Some("keys=physical gs=~ aim=sent".to_owned());
    // The profile is of the one that the scanner typed, whichever came first.
    let mut each = vec![EntryMethod::Wedge, EntryMethod::Camera];
    assert_eq!(told[1], (lot.clone(), profile.clone(), Some(each.clone())));
    each.reverse();
    assert_eq!(told[2], (lot, profile, Some(each)));
}

#[test]
fn a_host_that_writes_otherwise_is_turned_back() {
    let rig = Rig::ready();
    let swedish = |text: &str| HostLayout::Swedish.encode(text);
    let symbol = format!("]d2{CALIBRATION}");
    let status = rig.status(calibrate(None, &swedish(&symbol)));
    assert_eq!(status.profile.unwrap().note(), "keys=swedish gs=GS aim=sent");
    rig.receive("Nordmark");
    let label = format!("]d201{}10A-1/2\u{1d}17270331", compress());
    let scanned = rig.judged(wedge(&swedish(&label)));
    let entry = &scanned.task.basket[0];
    assert_eq!(entry.item.item.unit().lot.unwrap().to_string(), "A-1/2");
}

#[test]
fn a_scan_that_shows_a_fault_forgets_the_profile_and_says_what_to_do() {
    let rig = Rig::ready();
    let symbol = format!("]d2{CALIBRATION}");
    rig.ask(calibrate(Some(&symbol), &symbol));
    let other = "]d2010735000000000910K25";
    let problem = rig.problem(calibrate(Some(other), other));
    assert_eq!(problem.code, "calibration-another-symbol");
    assert!(
        rig.now_status().profile.is_some(),
        "it tells nothing of the scanner"
    );
    for (came, code) in [
        (symbol.replace('\u{1d}', ""), "calibration-separator-lost"),
        (symbol.to_uppercase(), "calibration-case-lost"),
        (symbol.replace('/', "-"), "calibration-confused"),
    ] {
        let problem = rig.problem(calibrate(Some(&came), &came));
        assert_eq!(problem.code, code);
        assert!(
            rig.now_status().profile.is_none(),
            "the old one is of another scanner"
        );
    }
    // Within a task it is no goods.
    rig.receive("Nordmark");
    assert_eq!(rig.problem(wedge(&symbol)).code, "calibration-symbol");
    let without_aim = rig.problem(wedge(CALIBRATION));
    assert_eq!(without_aim.code, "calibration-symbol");
}
