//! Invariant I5 in the real protocol: the client's core and the server's store in one process, histories of capture, sync,
//! backup, restore and reinstallation by chance. `SPARHUND_SEED` repeats a run, `SPARHUND_HISTORIES` makes it longer.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(unused_imports, reason = "this test uses a part of it")]
#[path = "../common/mod.rs"]
mod common;
#[path = "../protocol_world/mod.rs"]
mod protocol_world;

use std::collections::BTreeSet;

use proptest::prelude::*;
use protocol_world::{Handheld, Hub, Template};

const DEVICES: usize = 2;

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// So many scans on a device.
    Capture(usize, u8),
    Sync(usize),
    /// The answer to one of its requests is lost, and nothing after it goes through.
    Cut(usize, u8),
    /// A sync a week later: what is covered and old is forgotten.
    Later(usize),
    Backup,
    /// A backup is restored, counted from the newest; in runs of the newest alone that one.
    Restore(u8),
    /// The device's data are gone.
    Reinstall(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let device = || 0..DEVICES;
    let step = prop_oneof![
        6 => (device(), 1..4_u8).prop_map(|(device, scans)| Step::Capture(device, scans)),
        6 => device().prop_map(Step::Sync),
        2 => (device(), 0..6_u8).prop_map(|(device, request)| Step::Cut(device, request)),
        5 => device().prop_map(Step::Later),
        4 => Just(Step::Backup),
        3 => (0..4_u8).prop_map(Step::Restore),
        1 => device().prop_map(Step::Reinstall),
    ];
    prop::collection::vec(step, 8..40)
}

/// Which backups are restored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Restores {
    Newest,
    Any,
}

fn history(template: &Template, steps: &[Step], restores: Restores) -> Result<(), TestCaseError> {
    let mut hub = Hub::of(template);
    let mut devices: Vec<Handheld> = (0..DEVICES).map(|_| Handheld::new(&hub)).collect();
    for step in steps {
        match *step {
            Step::Capture(device, scans) => devices[device].capture(scans),
            Step::Sync(device) => devices[device].sync(&hub),
            Step::Cut(device, request) => devices[device].sync_cut(request),
            Step::Later(device) => {
                let forgotten = devices[device].sync_later(&hub);
                prop_assert!(forgotten.is_subset(&hub.covered), "forgotten, and in no backup");
            }
            Step::Backup => hub.back_up(),
            Step::Restore(which) => {
                let which = if restores == Restores::Newest {
                    0
                } else {
                    usize::from(which)
                };
                hub.restore(which, restores == Restores::Any);
            }
            Step::Reinstall(device) => devices[device] = Handheld::new(&hub),
        }
        if restores == Restores::Newest {
            lacks_nothing_forgotten(&hub, &devices)?;
        }
    }
    // Everything is healed: each device connects, and once more for what it learnt then.
    for _ in 0..2 {
        for device in &mut devices {
            device.sync(&hub);
        }
    }
    let there = hub.events();
    for device in &devices {
        let missing: BTreeSet<_> = device.held().difference(&there).copied().collect();
        prop_assert!(
            missing.is_empty(),
            "kept by a device and not at the server: {missing:?}"
        );
        prop_assert_eq!(device.unsent(), 0);
    }
    if restores == Restores::Newest {
        lacks_nothing_forgotten(&hub, &devices)?;
        for device in &devices {
            let missing: BTreeSet<_> = device.written.difference(&there).copied().collect();
            prop_assert!(missing.is_empty(), "scanned and lost: {missing:?}");
        }
    }
    Ok(())
}

/// What a device wrote and no longer keeps stands at the server.
fn lacks_nothing_forgotten(hub: &Hub, devices: &[Handheld]) -> Result<(), TestCaseError> {
    let there = hub.events();
    for device in devices {
        let held = device.held();
        let lost = device
            .written
            .iter()
            .filter(|event| !held.contains(event) && !there.contains(event))
            .count();
        prop_assert_eq!(lost, 0, "forgotten by the device and not at the server");
    }
    Ok(())
}

fn run(restores: Restores) {
    let template = Template::new();
    let forgot = std::cell::Cell::new(0_u64);
    protocol_world::run(&format!("{restores:?}"), 8, &steps(), |steps| {
        history(&template, &steps, restores).inspect(|()| {
            forgot.set(forgot.get() + template.forgotten.take());
        })
    });
    println!("{} records were forgotten by devices", forgot.get());
    assert!(
        forgot.get() > 0,
        "no device ever forgot anything: the histories prove nothing"
    );
}

#[test]
fn nothing_a_device_forgot_is_missing_when_the_newest_backup_is_restored() {
    run(Restores::Newest);
}

#[test]
fn whatever_is_restored_gets_back_all_that_anybody_keeps() {
    run(Restores::Any);
}

/// The shortest history in which a device that goes on believing the word of before a restore forgets what no backup holds: chance
/// seldom comes by it.
#[test]
fn a_week_after_an_older_restore_a_device_forgets_by_the_new_word() {
    let steps = [
        Step::Capture(0, 1),
        Step::Sync(0),
        Step::Backup,
        Step::Capture(0, 3),
        Step::Sync(0),
        Step::Backup,
        // It hears that all four are covered.
        Step::Sync(0),
        Step::Restore(1),
        Step::Later(0),
        Step::Later(0),
        // The first alone is covered now; a server that dies again must get the others back.
        Step::Restore(1),
    ];
    history(&Template::new(), &steps, Restores::Any).unwrap();
}
