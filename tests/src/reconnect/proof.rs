//! Every record exactly once, chains that verify, projections that are what the log says.

use std::collections::HashSet;
use std::path::Path;

use sparhund_shared::log::Sealed;

use super::Plan;
use super::handheld::Handheld;
use crate::torture::export::Export;
use crate::torture::kept::Kept;
use crate::torture::served::{Served, command, text};

/// What is not as it should be. Neither server nor devices run.
pub fn prove(served: &Served, handhelds: &[Handheld], plan: Plan, folder: &Path) -> Vec<String> {
    let mut broken = Vec::new();
    match Export::of(served.data(), &folder.join("export.log")) {
        Err(told) => broken.push(format!("verify-log: {told}")),
        Ok(export) => compare(&export, handhelds, plan, &mut broken),
    }
    match command(&["rebuild", "--data", text(served.data())]) {
        Ok(told) if told.contains("every table was as it should be") => {}
        Ok(told) | Err(told) => broken.push(format!("rebuild: {told}")),
    }
    broken
}

fn compare(export: &Export, handhelds: &[Handheld], plan: Plan, broken: &mut Vec<String>) {
    let places = export.places();
    let (mut logs, mut made) = (HashSet::new(), 0);
    for handheld in handhelds {
        let name = handheld.database().display();
        let kept = match Kept::read(handheld.database()) {
            Ok(Some(kept)) => kept,
            other => {
                broken.push(format!("{name}: {other:?}"));
                continue;
            }
        };
        if kept.records.len() != plan.records {
            broken.push(format!("{name} holds {} records", kept.records.len()));
        }
        made += kept.records.len();
        let lost = kept
            .records
            .iter()
            .filter(|held| !places.contains(&held.place))
            .count();
        let waiting = kept.records.iter().filter(|held| held.sent != 1).count();
        if lost + waiting > 0 {
            broken.push(format!(
                "{name}: {lost} records are not at the server, {waiting} not acknowledged"
            ));
        }
        if export.heads.get(&kept.head.log) != Some(&kept.head) {
            broken.push(format!("{name}: the server's head is another"));
        }
        logs.insert(kept.head.log);
    }
    let there = export.records.iter().map(Sealed::record);
    let there: Vec<_> = there.filter(|record| logs.contains(&record.log)).collect();
    let events: HashSet<_> = there.iter().map(|record| record.event_id).collect();
    if there.len() != made || events.len() != made {
        let (there, events) = (there.len(), events.len());
        broken.push(format!(
            "{made} records were made, {there} are at the server, of {events} events"
        ));
    }
}
