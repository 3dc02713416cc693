//! The trace as files for a spreadsheet: semicolons and a byte order mark, as Swedish Excel expects.

use sparhund_shared::event::UnitKey;
use sparhund_shared::identity::{Lot, PlaceCode, Serial};

use super::sums::Whereabout;
use crate::store::TraceEvent;

const BOM: &str = "\u{feff}";

/// Where each unit is now. `moment` writes a time, `name` says what people call a place.
pub fn units_csv(
    rows: &[Whereabout<'_>],
    moment: impl Fn(i64) -> String,
    name: impl Fn(&PlaceCode) -> String,
) -> Result<Vec<u8>, csv::Error> {
    let head = [
        "product",
        "article",
        "name",
        "lot",
        "serial",
        "expiry",
        "place",
        "place_name",
        "status",
        "units",
        "held",
        "since",
        "by",
    ];
    write(
        &head,
        rows.iter().map(|row| {
            let line = row.line;
            let by = row
                .since
                .map(|event| event.user_name.clone().unwrap_or_else(|| event.user.to_string()));
            let [product, lot, serial] = unit(&line.unit);
            vec![
                product,
                line.article.as_ref().map(ToString::to_string).unwrap_or_default(),
                line.name.clone().unwrap_or_default(),
                lot,
                serial,
                line.expiry.map(|date| date.to_string()).unwrap_or_default(),
                line.place.to_string(),
                name(&line.place),
                line.status.word().to_owned(),
                line.units.to_string(),
                u8::from(line.held).to_string(),
                row.since.map(|event| moment(event.at)).unwrap_or_default(),
                by.unwrap_or_default(),
            ]
        }),
    )
}

/// Everything that happened. `moment` writes a time, `name` says what people call a place.
pub fn events_csv(
    history: &[TraceEvent],
    moment: impl Fn(i64) -> String,
    name: impl Fn(&PlaceCode) -> String,
) -> Result<Vec<u8>, csv::Error> {
    let head = [
        "time",
        "step",
        "product",
        "lot",
        "serial",
        "units",
        "from",
        "from_name",
        "to",
        "to_name",
        "supplier",
        "order",
        "line",
        "by",
        "log",
        "seq",
        "event",
        "voided",
    ];
    write(
        &head,
        history.iter().map(|event| {
            let [product, lot, serial] = unit(&event.unit);
            let order = event.order.as_ref();
            vec![
                moment(event.at),
                event.step.word().to_owned(),
                product,
                lot,
                serial,
                event.units.to_string(),
                event.from.as_ref().map(ToString::to_string).unwrap_or_default(),
                event.from.as_ref().map(&name).unwrap_or_default(),
                event.to.to_string(),
                name(&event.to),
                event.supplier.clone().unwrap_or_default(),
                order.map(|line| line.order.to_string()).unwrap_or_default(),
                order.map(|line| line.line.to_string()).unwrap_or_default(),
                event.user_name.clone().unwrap_or_else(|| event.user.to_string()),
                event.log.to_string(),
                event.seq.to_string(),
                event.event.to_string(),
                u8::from(event.voided).to_string(),
            ]
        }),
    )
}

fn unit(unit: &UnitKey) -> [String; 3] {
    [
        unit.product.to_string(),
        unit.lot.as_ref().map(Lot::to_string).unwrap_or_default(),
        unit.serial.as_ref().map(Serial::to_string).unwrap_or_default(),
    ]
}

fn write(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(BOM.as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| tame(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// A cell that a spreadsheet would run as a formula is led by an apostrophe; negative numbers are none.
fn tame(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<i64>().is_err();
    if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
