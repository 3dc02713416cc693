//! The trace as files for a spreadsheet: semicolons and a byte order mark, as Swedish Excel expects.

use sparhund_shared::event::UnitKey;
use sparhund_shared::identity::{Lot, PlaceCode, Serial};

use super::sums::Whereabout;
use crate::ops::spreadsheet::{Cell, table};
use crate::store::TraceEvent;

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
    table(
        b';',
        head,
        rows.iter().map(|row| {
            let line = row.line;
            let [product, lot, serial] = unit(&line.unit);
            [
                product.into(),
                line.article
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
                    .into(),
                line.name.clone().unwrap_or_default().into(),
                lot.into(),
                serial.into(),
                line.expiry
                    .map(|date| date.to_string())
                    .unwrap_or_default()
                    .into(),
                line.place.to_string().into(),
                name(&line.place).into(),
                line.status.word().to_owned().into(),
                Cell::Number(line.units),
                u8::from(line.held).to_string().into(),
                row.since.map(|event| moment(event.at)).unwrap_or_default().into(),
                row.since.map(TraceEvent::by).unwrap_or_default().into(),
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
        "expiry",
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
        "seen",
    ];
    table(
        b';',
        head,
        history.iter().map(|event| {
            let [product, lot, serial] = unit(&event.unit);
            let order = event.order.as_ref();
            [
                moment(event.at).into(),
                event.step.word().to_owned().into(),
                product.into(),
                lot.into(),
                serial.into(),
                event
                    .expiry
                    .map(|date| date.to_string())
                    .unwrap_or_default()
                    .into(),
                Cell::Number(event.units.into()),
                event
                    .from
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
                    .into(),
                event.from.as_ref().map(&name).unwrap_or_default().into(),
                event.to.to_string().into(),
                name(&event.to).into(),
                event.supplier.clone().unwrap_or_default().into(),
                order
                    .map(|line| line.order.to_string())
                    .unwrap_or_default()
                    .into(),
                order.map(|line| line.line.to_string()).unwrap_or_default().into(),
                event.by().into(),
                event.log.to_string().into(),
                event.seq.to_string().into(),
                event.event.to_string().into(),
                u8::from(event.voided).to_string().into(),
                event.seen.join(" ").into(),
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
