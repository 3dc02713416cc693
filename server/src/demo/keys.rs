//! GS1 keys of the demo region, all under one invented company prefix, so that no demo label can be taken for a real
//! product's.

use std::fmt::Display;
use std::str::FromStr;

use sparhund_shared::identity::{Extension, Gln, Gtin, PlaceCode, Sscc, check_digit};

use super::DemoError;

/// The prefix every key of the demo begins with.
pub(super) const PREFIX: &str = "735000000";

/// GTIN-14 of an item at a packaging level: indicator 0 is the base unit.
pub(super) fn gtin(indicator: u8, item: u16) -> Result<Gtin, DemoError> {
    key(&format!("{indicator}{PREFIX}{item:03}"))
}

/// GLN of a location.
pub(super) fn gln(location: u16) -> Result<Gln, DemoError> {
    key(&format!("{PREFIX}{location:03}"))
}

/// SSCC of a logistic unit.
pub(super) fn sscc(number: u32) -> Result<Sscc, DemoError> {
    key(&format!("1{PREFIX}{number:07}"))
}

/// Location, or a part of it.
pub(super) fn place(location: u16, extension: Option<&str>) -> Result<PlaceCode, DemoError> {
    let extension = extension.map(parse::<Extension>).transpose()?;
    Ok(PlaceCode::new(gln(location)?, extension))
}

/// Completes the digits with their check digit.
fn key<T: FromStr<Err: Display>>(body: &str) -> Result<T, DemoError> {
    let digit = check_digit(body.as_bytes()).ok_or_else(|| DemoError::Value(body.to_owned()))?;
    parse(&format!("{body}{digit}"))
}

/// A value of the demo's own tables.
pub(super) fn parse<T: FromStr<Err: Display>>(text: &str) -> Result<T, DemoError> {
    text.parse()
        .map_err(|error| DemoError::Value(format!("{text}: {error}")))
}
