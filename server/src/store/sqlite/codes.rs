//! How domain values stand in columns.

use jiff::civil::Date;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use sparhund_shared::event::{BizStep, EntryMethod, StockStatus, UnitKey};
use sparhund_shared::identity::{LabelDate, Precision};
use sparhund_shared::log::Hash;
use uuid::Uuid;

use crate::store::{Result, StoreError};

/// Numbers of the steps, statuses and entry methods; the same as in the canonical form of events.
const STEPS: [BizStep; 18] = BizStep::ALL;
const ENTRIES: [EntryMethod; 5] = [
    EntryMethod::Wedge,
    EntryMethod::Camera,
    EntryMethod::Typed,
    EntryMethod::Rfid,
    EntryMethod::Confirmed,
];

/// First eight bytes of a hash: tells the records of one place apart.
pub(super) fn mark(hash: Hash) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.0[..8]);
    i64::from_be_bytes(first)
}

fn number_of<T: PartialEq>(all: &[T], value: &T) -> i64 {
    (1..)
        .zip(all)
        .find(|(_, one)| *one == value)
        .map_or(0, |(number, _)| number)
}

fn of_number<T: Copy>(all: &[T], number: i64, what: &str) -> Result<T> {
    usize::try_from(number - 1)
        .ok()
        .and_then(|index| all.get(index).copied())
        .ok_or_else(|| StoreError::Damaged(format!("{number} is no {what}")))
}

pub(super) fn step_number(step: BizStep) -> i64 {
    number_of(&STEPS, &step)
}

pub(super) fn step_of(number: i64) -> Result<BizStep> {
    of_number(&STEPS, number, "business step")
}

pub(super) fn status_number(status: StockStatus) -> i64 {
    number_of(&StockStatus::ALL, &status)
}

pub(super) fn status_of(number: i64) -> Result<StockStatus> {
    of_number(&StockStatus::ALL, number, "stock status")
}

pub(super) fn entry_number(entry: EntryMethod) -> i64 {
    number_of(&ENTRIES, &entry)
}

pub(super) fn entry_of(number: i64) -> Result<EntryMethod> {
    of_number(&ENTRIES, number, "entry method")
}

/// A label date as YYYYMMDD with day 00 for a month.
pub(super) fn date_number(date: LabelDate) -> i64 {
    let last = date.last_usable_day();
    let day = match date.precision() {
        Precision::Day => i64::from(last.day()),
        Precision::Month => 0,
    };
    i64::from(last.year()) * 10_000 + i64::from(last.month()) * 100 + day
}

pub(super) fn date_of(number: i64) -> Result<LabelDate> {
    let wrong = || StoreError::Damaged(format!("{number} is no date"));
    let year = i16::try_from(number / 10_000).map_err(|_| wrong())?;
    let month = i8::try_from(number / 100 % 100).map_err(|_| wrong())?;
    let date = match i8::try_from(number % 100).map_err(|_| wrong())? {
        0 => LabelDate::month(year, month),
        day => Date::new(year, month, day).ok().and_then(LabelDate::day),
    };
    date.ok_or_else(wrong)
}

/// Sequence numbers and cursors stay below 2^53, so neither direction can fail for what was stored.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Reads a text column into a checked type.
pub(super) fn parse<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse()
        .map_err(|_| StoreError::Damaged(format!("{text:?} is no {}", std::any::type_name::<T>())))
}

/// Reads an optional text column; the empty text is none.
pub(super) fn parse_some<T: std::str::FromStr>(text: &str) -> Result<Option<T>> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}

pub(super) fn unit_key(product: &str, lot: &str, serial: &str) -> Result<UnitKey> {
    Ok(UnitKey {
        product: parse(product)?,
        lot: parse_some(lot)?,
        serial: parse_some(serial)?,
    })
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(format!("{error} in {text:?}")))
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Engine(error.to_string()))
}

/// A 16-byte column.
pub(super) struct Id(pub Uuid);

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Uuid::from_slice(value.as_blob()?)
            .map(Self)
            .map_err(FromSqlError::other)
    }
}

#[cfg(test)]
mod tests {
    use super::{date_number, date_of, step_number, step_of};
    use sparhund_shared::event::BizStep;
    use sparhund_shared::identity::LabelDate;

    #[test]
    fn values_survive_their_columns() {
        for step in BizStep::ALL {
            assert_eq!(step_of(step_number(step)).unwrap(), step);
        }
        assert!(step_of(0).is_err());
        assert!(step_of(19).is_err());
        for text in ["2027-02-28", "2028-02", "0001-01-01", "9999-12"] {
            let date: LabelDate = text.parse().unwrap();
            assert_eq!(date_of(date_number(date)).unwrap(), date);
        }
        for number in [-1, 0, 20_270_230, 20_271_301, i64::MAX, i64::MIN] {
            assert!(date_of(number).is_err(), "{number}");
        }
    }
}
