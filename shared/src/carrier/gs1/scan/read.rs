//! From a transmission to what the symbol holds.

use crate::carrier::Symbology;
use crate::carrier::gs1::error::{Gs1Error, Gs1ErrorKind};
use crate::carrier::gs1::link::is_link;
use crate::identity::check_digit;

/// Begins the second part of a composite symbol behind EAN and UPC.
const COMPOSITE: &str = "|]e0";

/// What a symbol of GS1 holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanData<'a> {
    /// An element string, to be [parsed](super::super::parse).
    ElementString(&'a str),
    /// EAN or UPC: 13 or 8 digits with a right check digit.
    TradeItem {
        /// The digits.
        digits: &'a str,
        /// Element string of the composite's second part.
        composite: Option<&'a str>,
    },
    /// A web address, to be [read](super::super::from_link).
    Link(&'a str),
    /// Text that is no GS1 data.
    Text(&'a str),
}

/// Reads a transmission strictly: with its symbology identifier, and of a symbol that GS1 uses. Positions count bytes
/// of `text` from 1.
pub fn read_scan(text: &str) -> Result<ScanData<'_>, Gs1Error> {
    let fail = |at: usize, kind| Gs1Error {
        ai: None,
        position: at + 1,
        kind,
    };
    if !text.starts_with(']') || text.len() < 3 {
        return Err(fail(0, Gs1ErrorKind::MissingSymbologyIdentifier));
    }
    let unsupported = || fail(0, Gs1ErrorKind::UnsupportedSymbologyIdentifier);
    let (symbology, _) = Symbology::split(text.as_bytes());
    let data = text.get(3..).ok_or_else(unsupported)?;
    match symbology {
        Some(symbology) if symbology.is_gs1_element_string() => Ok(ScanData::ElementString(data)),
        Some(Symbology::Ean13) => trade_item(data, 13).map_err(|(at, kind)| fail(3 + at, kind)),
        Some(Symbology::Ean8) => trade_item(data, 8).map_err(|(at, kind)| fail(3 + at, kind)),
        Some(Symbology::QrCode | Symbology::DataMatrix | Symbology::DotCode) => Ok(if is_link(data) {
            ScanData::Link(data)
        } else {
            ScanData::Text(data)
        }),
        _ => Err(unsupported()),
    }
}

fn trade_item(data: &str, length: usize) -> Result<ScanData<'_>, (usize, Gs1ErrorKind)> {
    let Some((digits, rest)) = data.split_at_checked(length) else {
        return Err((data.len(), Gs1ErrorKind::PrimaryScanDataIsTooShort));
    };
    let composite = rest.strip_prefix(COMPOSITE);
    if composite.is_none() && !rest.is_empty() {
        return Err((length, Gs1ErrorKind::PrimaryMessageIsTooLong));
    }
    if let Some(at) = digits.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err((at, Gs1ErrorKind::PrimaryMessageMayOnlyContainDigits));
    }
    if is_checked(digits) {
        Ok(ScanData::TradeItem { digits, composite })
    } else {
        Err((length - 1, Gs1ErrorKind::PrimaryMessageCheckDigitIsIncorrect))
    }
}

/// Whether the last of these digits is the check digit of the others.
pub(super) fn is_checked(digits: &str) -> bool {
    digits
        .as_bytes()
        .split_last()
        .is_some_and(|(last, body)| check_digit(body) == last.checked_sub(b'0'))
}
