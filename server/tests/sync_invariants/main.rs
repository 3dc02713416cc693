//! Invariants I1 to I7 of the log and its sync (docs/ARCHITECTURE.md), each a property over random histories: the client's core syncs with
//! the server's end of the protocol in one process, with cut calls, repeated uploads, backups, restores, phones set back to copies and phones
//! set up anew. `SPARHUND_SEED` repeats a run, `SPARHUND_HISTORIES` makes it longer.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(unused_imports, reason = "this test uses a part of it")]
#[path = "../common/mod.rs"]
mod common;
#[path = "../protocol_world/mod.rs"]
mod protocol_world;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use sparhund_shared::log::{EventId, LogId};
use world::World;

const DEVICES: usize = 2;
const HISTORIES: u64 = 4;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// So many scans on a device.
    Capture(usize, u8),
    Sync(usize),
    /// The answer to one of its calls is lost, and nothing after it goes through.
    Cut(usize, u8),
    /// Uploads that arrived once arrive again.
    Replay(Vec<Index>),
    /// A sync a week later: what is covered and old is forgotten.
    Later(usize),
    Backup,
    /// The newest backup is restored.
    Restore,
    /// The phone is set back to a copy from before it last scanned.
    GoBack(usize),
    /// The phone is set up anew.
    Reinstall(usize),
}

/// What may happen in a history besides scans, syncs, cuts and repetitions.
#[derive(Clone, Copy)]
enum Disasters {
    None,
    /// Phones are set back to copies and set up anew.
    Phones,
    /// The server goes back to its newest backup, and phones are set up anew.
    Server,
}

fn steps(disasters: Disasters) -> impl Strategy<Value = Vec<Step>> {
    let device = || 0..DEVICES;
    let (phones, server) = match disasters {
        Disasters::None => (0, 0),
        Disasters::Phones => (2, 0),
        Disasters::Server => (0, 3),
    };
    let step = prop_oneof![
        6 => (device(), 1..4_u8).prop_map(|(device, scans)| Step::Capture(device, scans)),
        6 => device().prop_map(Step::Sync),
        3 => (device(), 0..6_u8).prop_map(|(device, call)| Step::Cut(device, call)),
        2 => prop::collection::vec(any::<Index>(), 1..4).prop_map(Step::Replay),
        server * 2 => device().prop_map(Step::Later),
        server => Just(Step::Backup),
        server => Just(Step::Restore),
        phones => device().prop_map(Step::GoBack),
        u32::from(phones + server > 0) => device().prop_map(Step::Reinstall),
    ];
    prop::collection::vec(step, 8..30).prop_map(move |mut steps| {
        if phones > 0 {
            // Chance seldom comes by it: a phone is set back to what it has told, the server knows more, and it goes on
            // beyond that.
            let told = [Step::Capture(0, 1), Step::Sync(0)];
            steps.extend([told.clone(), told].concat());
            steps.extend([Step::GoBack(0), Step::Capture(0, 2)]);
        }
        steps
    })
}

/// Lives a history and looks at the world after every step and once more when everything is healed.
fn prove(name: &str, disasters: Disasters, look: impl Fn(&World, Moment) -> Result<(), TestCaseError>) {
    let template = protocol_world::Template::new();
    protocol_world::run(name, HISTORIES, &steps(disasters), |steps| {
        let mut world = World::new(&template, DEVICES);
        for step in &steps {
            world.live(step);
            look(&world, Moment::Amidst)?;
        }
        world.heal();
        look(&world, Moment::Healed)
    });
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Amidst,
    Healed,
}

/// I1: a record is its hash, and merging is a union: in any order, however often.
#[test]
fn i1_whatever_order_and_however_often_the_set_is_the_same() {
    prove("I1", Disasters::None, |world, moment| {
        if moment == Moment::Amidst {
            return Ok(());
        }
        let mut backwards = world.arrived();
        backwards.reverse();
        let doubled = backwards.iter().chain(&backwards[..backwards.len() / 2]).cloned();
        let other = world.another_server(doubled.collect());
        prop_assert_eq!(world.records(), other.records());
        prop_assert_eq!(world.stock(), other.stock());
        Ok(())
    });
}

/// I2: an event counts once, however many logs tell it.
#[test]
fn i2_an_event_counts_once() {
    let told_twice = std::cell::Cell::new(0);
    prove("I2", Disasters::Phones, |world, _| {
        let records = world.records();
        let events: BTreeSet<EventId> = world.events_of(&records);
        told_twice.set(told_twice.get() + records.len() - events.len());
        // Each scan receives one unit.
        prop_assert_eq!(world.stock(), events.len());
        Ok(())
    });
    assert!(
        told_twice.get() > 0,
        "no event was ever told in two logs: the histories prove nothing"
    );
}

/// I3: a missing predecessor is counted, two records at one place are kept and counted, and neither refuses a scan.
#[test]
fn i3_gaps_and_forks_are_counted_and_refuse_nothing() {
    prove("I3", Disasters::Phones, |world, moment| {
        let mut places: BTreeMap<LogId, BTreeMap<u64, u64>> = BTreeMap::new();
        for (log, seq, _) in world.records() {
            *places.entry(log).or_default().entry(seq).or_default() += 1;
        }
        for state in world.logs() {
            let there = places.remove(&state.log).unwrap_or_default();
            let last = there.keys().next_back().copied().unwrap_or(0);
            prop_assert_eq!(state.missing, last - there.len() as u64, "gaps of {}", state.log);
            let forks = there.values().filter(|records| **records > 1).count();
            prop_assert_eq!(state.forks, forks as u64, "forks of {}", state.log);
        }
        if moment == Moment::Healed {
            prop_assert_eq!(world.refused(), 0);
        }
        Ok(())
    });
}

/// I4: what a device believes the server to have is in the server's file, committed.
#[test]
fn i4_what_is_acknowledged_is_durable() {
    prove("I4", Disasters::Phones, |world, _| {
        let durable = world.durable_events();
        for device in &world.devices {
            let lost: Vec<_> = device.acknowledged().difference(&durable).copied().collect();
            prop_assert!(lost.is_empty(), "acknowledged and not in the file: {lost:?}");
        }
        Ok(())
    });
}

/// I5: what a device forgets is in a verified backup, so nothing is lost by a restore of it.
#[test]
fn i5_only_what_a_verified_backup_covers_is_forgotten() {
    let forgot = std::cell::Cell::new(0);
    prove("I5", Disasters::Server, |world, moment| {
        prop_assert!(
            world.forgotten.is_subset(&world.ever_covered),
            "forgotten, and in no backup"
        );
        if moment == Moment::Healed {
            forgot.set(forgot.get() + world.forgotten.len());
            let there = world.durable_events();
            for device in &world.devices {
                let lost: Vec<_> = device.written.difference(&there).copied().collect();
                prop_assert!(lost.is_empty(), "scanned and lost: {lost:?}");
            }
        }
        Ok(())
    });
    println!("{} events were forgotten by their devices", forgot.get());
}

/// I6: what is kept beside the records is what the records make.
#[test]
fn i6_a_rebuild_changes_nothing() {
    prove("I6", Disasters::Server, |world, _| {
        for (table, rows) in world.rebuild() {
            prop_assert_eq!(rows, 0, "{} differed", table);
        }
        Ok(())
    });
}

/// I7: a log is never written by two lives of a writer.
#[test]
fn i7_another_life_writes_another_log() {
    let lives = std::cell::Cell::new(0);
    prove("I7", Disasters::Phones, |world, _| {
        for state in world.logs() {
            prop_assert_eq!(state.forks, 0, "two lives wrote {}", state.log);
        }
        lives.set(lives.get().max(world.logs().len()));
        let ids: BTreeSet<_> = world.devices.iter().map(protocol_world::Handheld::log).collect();
        prop_assert_eq!(ids.len(), DEVICES);
        Ok(())
    });
    assert!(lives.get() > DEVICES, "no device began another life");
}
