//! What the server holds: an export of its log, verified, and the books that follow from it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sparhund_shared::event::{BizStep, Event};
use sparhund_shared::fold::Books;
use sparhund_shared::log::{EventId, Head, LogId, Sealed};

use super::served::{command, text};

/// An export that `verify-log` called whole.
#[derive(Debug)]
pub struct Export {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its records as they came, with those that stand in it twice twice.
    pub records: Vec<Sealed>,
    /// Last record of each log.
    pub heads: HashMap<LogId, Head>,
}

impl Export {
    /// Exports and verifies.
    ///
    /// # Errors
    /// What the command said, or what is missing or forked.
    pub fn of(data: &Path, out: &Path) -> Result<Self, String> {
        let _ = std::fs::remove_file(out);
        command(&["export-log", "--data", text(data), "--out", text(out)])?;
        let told = command(&["verify-log", text(out)])?;
        // What others signed for is no fault; a fork is, and an event that this version does not know.
        let noted = |line: &str| line.starts_with("note: ") && !line.starts_with("note: others signed for ");
        if told.lines().any(noted) || !told.lines().last().is_some_and(|line| line.starts_with("OK: ")) {
            return Err(told);
        }
        Self::read(out)
    }

    /// The same of a log that may have gaps, and nothing worse: a backup may have been made in the middle of an exchange.
    ///
    /// # Errors
    /// What the command said, of anything but gaps.
    pub fn of_what_is_there(data: &Path, out: &Path) -> Result<Self, String> {
        match Self::of(data, out) {
            Err(told) if told.contains("exit status: 3") && told.contains("INCOMPLETE: ") => Self::read(out),
            done => done,
        }
    }

    fn read(out: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(out).map_err(|error| format!("{}: {error}", out.display()))?;
        let records = bytes
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
            .filter_map(|line| line["record"]["bytes"].as_str().map(str::to_owned))
            .map(|text| {
                let bytes = STANDARD.decode(text).map_err(|error| error.to_string())?;
                Sealed::open(bytes).map_err(|error| error.to_string())
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut heads: HashMap<LogId, Head> = HashMap::new();
        for sealed in &records {
            let head = Head::of(sealed);
            let last = heads.entry(head.log).or_insert(head);
            if head.seq > last.seq {
                *last = head;
            }
        }
        Ok(Self {
            bytes,
            records,
            heads,
        })
    }

    /// Where each record stands.
    pub fn places(&self) -> HashSet<Head> {
        self.records.iter().map(Head::of).collect()
    }

    /// The events told.
    pub fn events(&self) -> HashSet<EventId> {
        self.records
            .iter()
            .map(|sealed| sealed.record().event_id)
            .collect()
    }

    /// Base units received less those that were declared wrong, each event once: what must stand somewhere. Nothing the
    /// devices do takes goods out of the books.
    pub fn received(&self) -> i64 {
        let mut received = BTreeMap::new();
        let mut voided = HashSet::new();
        for sealed in &self.records {
            match sealed.record().event() {
                Ok(Event::Move(movement)) if movement.step == BizStep::Receiving => {
                    received.insert(sealed.record().event_id, i64::from(movement.quantity.get()));
                }
                Ok(Event::Void(voiding)) => {
                    voided.insert(voiding.target);
                }
                _ => {}
            }
        }
        received
            .into_iter()
            .filter(|(event, _)| !voided.contains(event))
            .map(|(_, units)| units)
            .sum()
    }

    /// Stock by the fold of `shared`, rows that are not zero: product, lot, serial, place, status, units.
    pub fn stock(&self, devices: &HashSet<LogId>) -> BTreeMap<String, i64> {
        let mut books = Books::with_devices(devices.iter().copied());
        for sealed in &self.records {
            books.add(sealed);
        }
        let mut rows = BTreeMap::new();
        for (unit, place, status, units) in books.stock() {
            let unit = serde_json::to_value(unit).expect("JSON");
            let status = serde_json::to_value(status).expect("JSON");
            *rows.entry(row(&unit, &place.to_string(), &status)).or_insert(0) += units;
        }
        rows.retain(|_, units| *units != 0);
        rows
    }
}

/// A shelf of the books as text.
pub fn row(unit: &Value, place: &str, status: &Value) -> String {
    format!(
        "{} {} {} at {place}, {status}",
        unit["product"], unit["lot"], unit["serial"]
    )
}
