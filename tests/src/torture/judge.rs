//! After healing: does the server hold what the devices told, all of it, once, and nothing else?

use std::collections::{BTreeMap, HashMap, HashSet};

use sparhund_shared::log::{EventId, Hash, Head};

use super::export::{Export, row};
use super::kept::Kept;
use super::served::{command, text};
use super::world::World;
use crate::api::Api;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Findings {
    /// Events that devices told somebody were booked, retired devices left out.
    pub booked: u64,
    /// Records the devices wrote that the server holds.
    pub records: u64,
    /// Promised and not there.
    pub lost: Vec<String>,
    /// There, or counted, more than once.
    pub doubled: Vec<String>,
    /// Wrong in another way, and neither client, server nor `verify-log` told of it.
    pub undetected: Vec<String>,
    /// Told of by the programs, and wrong all the same: refused records, a log that does not verify.
    pub told: Vec<String>,
}

impl Findings {
    /// Whether all is as promised.
    pub fn is_clean(&self) -> bool {
        self.all().next().is_none()
    }

    /// Adds what another round found.
    pub fn add(&mut self, other: Self) {
        self.booked += other.booked;
        self.records += other.records;
        self.lost.extend(other.lost);
        self.doubled.extend(other.doubled);
        self.undetected.extend(other.undetected);
        self.told.extend(other.told);
    }

    /// Everything that is not.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let named = |name: &'static str, found: &[String]| -> Vec<String> {
            found.iter().map(|found| format!("{name}: {found}")).collect()
        };
        [
            named("LOST", &self.lost),
            named("DOUBLED", &self.doubled),
            named("UNDETECTED", &self.undetected),
            named("TOLD", &self.told),
        ]
        .concat()
        .into_iter()
    }
}

impl World {
    /// Compares. The devices do not run; the server does, and is killed here.
    pub fn judge(&mut self) -> Findings {
        let mut findings = Findings::default();
        let stock = self.stock();
        self.served.kill_9();
        let export = match Export::of(self.served.data(), &self.folder.join("after.log")) {
            Ok(export) => export,
            Err(told) => {
                findings.told.push(told);
                return findings;
            }
        };
        let (places, events) = (export.places(), export.events());
        let mut made: HashSet<Head> = HashSet::new();
        for device in &self.devices {
            findings.booked += device.booked.len() as u64;
            let kept = match Kept::read(&device.database()) {
                Ok(Some(kept)) => kept,
                Ok(None) => {
                    let lost = device.booked.iter().filter(|event| !events.contains(event));
                    let lost =
                        lost.map(|event| format!("device {}: {event}, and it holds nothing", device.number));
                    findings.lost.extend(lost);
                    continue;
                }
                Err(damage) => {
                    findings.told.push(damage);
                    continue;
                }
            };
            let who = format!("device {}", device.number);
            let on_device: HashSet<EventId> = kept.records.iter().map(|held| held.event).collect();
            for event in device.booked.iter().filter(|event| !events.contains(event)) {
                let place = if on_device.contains(event) {
                    "is on the device"
                } else {
                    "is nowhere"
                };
                findings.lost.push(format!("{who}: booked event {event} {place}"));
            }
            for held in &kept.records {
                let present = held.place.log == kept.head.log;
                if !events.contains(&held.event) || (present && !places.contains(&held.place)) {
                    findings.lost.push(format!("{who}: {held:?}"));
                }
                if held.sent == 2 {
                    findings.told.push(format!("{who}: refused {held:?}"));
                }
            }
            if kept.head.seq > 0 && export.heads.get(&kept.head.log) != Some(&kept.head) {
                let theirs = export.heads.get(&kept.head.log);
                let differ = format!("{who}: head {:?} here, {theirs:?} at the server", kept.head);
                findings.undetected.push(differ);
            }
            made.extend(kept.records.iter().map(|held| held.place));
        }
        for retired in &self.retired {
            let lost = retired.promised.iter().filter(|event| !events.contains(event));
            let of = retired.database.display();
            findings
                .lost
                .extend(lost.map(|event| format!("{of}: acknowledged event {event}")));
            let kept = Kept::read(&retired.database).ok().flatten();
            made.extend(
                kept.iter()
                    .flat_map(|kept| kept.records.iter().map(|held| held.place)),
            );
        }
        match self.central.told(&self.folder) {
            Ok(theirs) => {
                let lost = places.difference(&theirs);
                findings
                    .lost
                    .extend(lost.map(|place| format!("the central server lacks {place:?}")));
                let foreign = theirs.difference(&places);
                findings
                    .undetected
                    .extend(foreign.map(|place| format!("the site lacks {place:?}")));
            }
            Err(told) => findings.told.push(told),
        }
        findings.records = places.difference(&self.before).count() as u64;
        let foreign = places
            .iter()
            .filter(|place| !made.contains(place) && !self.before.contains(place));
        let foreign = foreign.map(|place| format!("no device made {place:?}"));
        findings.undetected.extend(foreign);
        self.judge_counts(&export, &stock, &made, &mut findings);
        findings
    }

    /// Each record once, each event counted once, projections as the log says.
    fn judge_counts(
        &self,
        export: &Export,
        stock: &BTreeMap<String, i64>,
        made: &HashSet<Head>,
        findings: &mut Findings,
    ) {
        let mut times: HashMap<Hash, u32> = HashMap::new();
        for sealed in &export.records {
            *times.entry(sealed.hash()).or_insert(0) += 1;
        }
        let twice = times.iter().filter(|(_, times)| **times > 1);
        findings
            .doubled
            .extend(twice.map(|(hash, times)| format!("record {hash} {times} times")));
        let (here, received) = (stock.values().sum::<i64>(), export.received());
        if here != received {
            findings
                .doubled
                .push(format!("{received} units were received, {here} are in the books"));
        }
        let devices = made.iter().map(|place| place.log).collect();
        let folded = export.stock(&devices);
        let differs = |row: &&String| stock.get(*row) != folded.get(*row);
        for row in stock.keys().chain(folded.keys()).filter(differs) {
            let (served, folded) = (stock.get(row), folded.get(row));
            findings
                .undetected
                .push(format!("{row}: {served:?} served, {folded:?} by the log"));
        }
        match command(&["rebuild", "--data", text(self.served.data())]) {
            Ok(told) if told.contains("every table was as it should be") => {}
            Ok(told) => findings.undetected.push(format!("rebuild: {told}")),
            Err(told) => findings.told.push(told),
        }
    }

    /// All stock as the API tells it, rows that are not zero.
    fn stock(&self) -> BTreeMap<String, i64> {
        const PAGE: usize = 1_000;
        let api = Api::sign_in(&self.served.url(), "kvalitet", "kvalitet-nordmark");
        let mut stock = BTreeMap::new();
        let mut offset = 0;
        loop {
            let page = api.get(&format!("/stock?limit={PAGE}&offset={offset}"));
            let rows = page["rows"].as_array().expect("rows");
            for line in rows {
                let units = line["units"].as_i64().expect("units");
                if units != 0 {
                    let place = line["place"].as_str().expect("a place");
                    *stock
                        .entry(row(&line["unit"], place, &line["status"]))
                        .or_insert(0) += units;
                }
            }
            if rows.len() < PAGE {
                return stock;
            }
            offset += PAGE;
        }
    }
}

/// How many of a kind the trouble of clients was, the commonest first.
pub fn told(troubles: &BTreeMap<String, (u64, String)>) -> String {
    let mut rows: Vec<_> = troubles.iter().collect();
    rows.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
    let rows = rows
        .iter()
        .map(|(code, (times, example))| format!("  {times:>6} × {code}: {example}"));
    rows.collect::<Vec<_>>().join("\n")
}
