//! A trace as a table for spreadsheets.

use jiff::Timestamp;

use crate::ops::spreadsheet::{Cell, table};
use crate::store::{Trace, TraceEvent};

const HEADER: [&str; 19] = [
    "time",
    "step",
    "product",
    "lot",
    "serial",
    "units",
    "from",
    "to",
    "supplier",
    "order",
    "line",
    "user",
    "entry",
    "voided",
    "event",
    "log",
    "seq",
    "device_time",
    "seen",
];

/// The history, oldest first.
pub fn write(trace: &Trace) -> Result<Vec<u8>, csv::Error> {
    table(b',', HEADER, trace.history.iter().map(row))
}

fn row(event: &TraceEvent) -> [Cell; 19] {
    let text = |value: Option<&dyn ToString>| value.map(ToString::to_string).unwrap_or_default();
    [
        time(event.tick).into(),
        event.step.word().to_owned().into(),
        event.unit.product.to_string().into(),
        text(event.unit.lot.as_ref().map(|lot| lot as _)).into(),
        text(event.unit.serial.as_ref().map(|serial| serial as _)).into(),
        Cell::Number(event.units.into()),
        text(event.from.as_ref().map(|place| place as _)).into(),
        event.to.to_string().into(),
        event.supplier.clone().unwrap_or_default().into(),
        text(event.order.as_ref().map(|line| &line.order as _)).into(),
        text(event.order.as_ref().map(|line| &line.line as _)).into(),
        event.by().into(),
        format!("{:?}", event.entry).to_lowercase().into(),
        event.voided.to_string().into(),
        event.event.to_string().into(),
        event.log.to_string().into(),
        event.seq.to_string().into(),
        time(event.at).into(),
        event.seen.join(" ").into(),
    ]
}

/// RFC 3339 in UTC.
fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| ms.to_string(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc_3339() {
        assert_eq!(time(1_767_225_600_000), "2026-01-01T00:00:00Z");
    }
}
