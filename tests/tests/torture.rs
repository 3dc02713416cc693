//! The fault suite, short. `cargo xtask torture` runs it long; docs/RELIABILITY.md tells what it does.

use std::time::Duration;

use sparhund_tests::torture::dice::Dice;
use sparhund_tests::torture::export::Export;
use sparhund_tests::torture::run::{self, Options};
use sparhund_tests::torture::served::Served;
use sparhund_tests::torture::tamper;

/// A round goes on until each fault was met.
const ROUND: Duration = Duration::from_secs(16);

#[test]
fn nothing_is_lost_doubled_or_forged_under_fire() {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let run = run::run(&Options {
        seed: run::seed(),
        devices: 6,
        time: Duration::ZERO,
        round: ROUND,
        tampered: 0,
        folder: folder.clone(),
    });
    // The data of a run that failed stay.
    assert!(run.is_clean(), "{:#?}", run.faults());
    std::fs::remove_dir_all(folder).expect("an empty place");
    assert!(run.findings.booked > 50, "the devices worked: {run:?}");
    assert!(run.tally.has_all(), "{:?}", run.tally);
}

#[test]
fn every_changed_byte_of_an_export_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::demo(&folder.path().join("server"));
    let export = Export::of(served.data(), &folder.path().join("log")).expect("a sound log");
    let seed = run::seed();
    let dice = &mut Dice::new(seed);
    for tampered in [
        tamper::bytes(&export.bytes, 1_000, dice),
        tamper::signed_bytes(&export.bytes, 1_000, dice),
    ] {
        assert_eq!(tampered.tried, 1_000);
        assert!(
            tampered.undetected.is_empty(),
            "SPARHUND_SEED={seed}: {tampered:?}"
        );
    }
}
