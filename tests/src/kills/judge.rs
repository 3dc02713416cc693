//! What was told as booked, against what the device and the server hold.

use std::collections::{BTreeMap, BTreeSet};

use sparhund_shared::event::{BizStep, Event, Item};
use sparhund_shared::log::{Hash, PublicKey, Sealed};
use sparhund_shared::wire::OutboxFile;

/// What is wrong, in words.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Findings {
    /// Told as booked and not there.
    pub lost: Vec<String>,
    /// There more than once.
    pub doubled: Vec<String>,
    /// Records, links or signatures that do not fit.
    pub broken: Vec<String>,
}

impl Findings {
    /// Whether nothing is.
    pub fn is_clean(&self) -> bool {
        self.all().next().is_none()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let named = |name: &'static str, what: &[String]| {
            what.iter()
                .map(move |what| format!("{name}: {what}"))
                .collect::<Vec<_>>()
        };
        [
            named("LOST", &self.lost),
            named("DOUBLED", &self.doubled),
            named("BROKEN", &self.broken),
        ]
        .into_iter()
        .flatten()
    }

    /// Adds those of another look.
    pub fn add(&mut self, other: Self) {
        self.lost.extend(other.lost);
        self.doubled.extend(other.doubled);
        self.broken.extend(other.broken);
    }
}

/// Looks for each serial that was told, by what is held somewhere.
pub fn of_serials(told: &BTreeSet<String>, held: &[Sealed], at: &str) -> Findings {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for serial in held.iter().filter_map(serial_of) {
        *times.entry(serial).or_default() += 1;
    }
    let lost = told.iter().filter(|serial| !times.contains_key(*serial));
    let doubled = times.iter().filter(|(_, times)| **times > 1);
    Findings {
        lost: lost.map(|serial| format!("{serial} is not {at}")).collect(),
        doubled: doubled
            .map(|(serial, times)| format!("{serial} is {times} times {at}"))
            .collect(),
        broken: Vec::new(),
    }
}

/// The records of a file in their order, and what is wrong with their chain or signatures.
pub fn of_file(file: OutboxFile, key: &PublicKey) -> (Vec<Sealed>, Findings) {
    let mut findings = Findings::default();
    let mut records: Vec<Sealed> = Vec::new();
    for upload in file.uploads {
        if let Err(error) = upload.head.verify(key) {
            findings.broken.push(error.to_string());
        }
        for bytes in upload.records {
            match Sealed::open(bytes.into()) {
                Ok(sealed) => records.push(sealed),
                Err(error) => findings.broken.push(error.to_string()),
            }
        }
        let last = records.last().map_or(Hash::ZERO, Sealed::hash);
        if last != upload.head.head.hash {
            let seq = upload.head.head.seq;
            findings
                .broken
                .push(format!("the head at {seq} is not of the last record"));
        }
    }
    for pair in records.windows(2) {
        let (before, next) = (pair[0].record(), pair[1].record());
        if next.seq != before.seq + 1 || next.prev != pair[0].hash() {
            findings
                .broken
                .push(format!("record {} does not follow {}", next.seq, before.seq));
        }
    }
    (records, findings)
}

/// The serial that a record says was received. The demo region has serials too, which went on.
fn serial_of(sealed: &Sealed) -> Option<String> {
    match sealed.record().event() {
        Ok(Event::Move(movement)) if movement.step == BizStep::Receiving => match movement.item {
            Item::Identified(item) => item.serial.map(|serial| serial.as_str().to_owned()),
            Item::Unread(_) => None,
        },
        _ => None,
    }
}
