//! A trace as a table for spreadsheets.

use jiff::Timestamp;

use crate::store::{Trace, TraceEvent};

const HEADER: [&str; 18] = [
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
];

/// The history, oldest first, with a byte order mark so that spreadsheets read it as UTF-8.
pub fn write(trace: &Trace) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADER)?;
    for event in &trace.history {
        writer.write_record(row(event).iter().map(|cell| defused(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn row(event: &TraceEvent) -> [String; 18] {
    let text = |value: Option<&dyn ToString>| value.map(ToString::to_string).unwrap_or_default();
    [
        time(event.tick),
        event.step.word().to_owned(),
        event.unit.product.to_string(),
        text(event.unit.lot.as_ref().map(|lot| lot as _)),
        text(event.unit.serial.as_ref().map(|serial| serial as _)),
        event.units.to_string(),
        text(event.from.as_ref().map(|place| place as _)),
        event.to.to_string(),
        event.supplier.clone().unwrap_or_default(),
        text(event.order.as_ref().map(|line| &line.order as _)),
        text(event.order.as_ref().map(|line| &line.line as _)),
        event.user_name.clone().unwrap_or_else(|| event.user.to_string()),
        format!("{:?}", event.entry).to_lowercase(),
        event.voided.to_string(),
        event.event.to_string(),
        event.log.to_string(),
        event.seq.to_string(),
        time(event.at),
    ]
}

/// RFC 3339 in UTC.
fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| ms.to_string(), |time| time.to_string())
}

/// A spreadsheet would compute a cell that begins like a formula, and labels come from outside.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_defused() {
        assert_eq!(defused("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(defused("-12"), "'-12");
        assert_eq!(defused("A-12"), "A-12");
    }

    #[test]
    fn times_are_rfc_3339() {
        assert_eq!(time(1_767_225_600_000), "2026-01-01T00:00:00Z");
    }
}
