//! The fields of HIBC secondary data.

use core::fmt;

use jiff::civil::Date;

use super::date::{HibcDate, HibcDateForm};
use super::error::HibcFault;

/// Longest lot or serial.
const MOST_TEXT: usize = 18;
/// Most digits of a quantity after `/Q`.
const MOST_QUANTITY: usize = 9;

/// One field with its mark. An empty text means that the label leaves the value blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HibcField<'a> {
    /// `$` lot.
    Lot(&'a str),
    /// `$+` serial.
    Serial(&'a str),
    /// `$$` quantity, expiry and lot.
    DatedLot {
        /// Two digits after `8` or five after `9`.
        quantity: Option<&'a str>,
        /// Expiry.
        date: Option<HibcDate<'a>>,
        /// Lot.
        lot: &'a str,
    },
    /// `$$+` quantity, expiry and serial.
    DatedSerial {
        /// Two digits after `8` or five after `9`.
        quantity: Option<&'a str>,
        /// Expiry.
        date: Option<HibcDate<'a>>,
        /// Serial.
        serial: &'a str,
    },
    /// YYJJJ and lot, without a mark: the old form.
    DayLot {
        /// Expiry.
        date: HibcDate<'a>,
        /// Lot.
        lot: &'a str,
    },
    /// `S` serial.
    SupplementSerial(&'a str),
    /// `14D` expiry.
    Expiry(HibcDate<'a>),
    /// `16D` production date.
    Made(HibcDate<'a>),
    /// `Q` quantity.
    Quantity(&'a str),
}

/// Where in the code a field stands, which decides the marks it may have; the supplements may stand anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Directly after the primary data or after `+`: lot or serial.
    First,
    /// Directly after the lot: a serial that was joined on with its own mark.
    BehindLot,
    /// Farther back.
    Later,
}

/// Where in the field, counted from 0, and which rule.
type Wrong = (usize, HibcFault);

/// What follows `$$` or `$$+`: quantity, date, and lot or serial.
struct Dated<'a> {
    quantity: Option<&'a str>,
    date: Option<HibcDate<'a>>,
    value: &'a str,
}

impl<'a> HibcField<'a> {
    /// Reads one field.
    pub(super) fn read(text: &'a str, place: Place, today: Date) -> Result<Self, Wrong> {
        if let Some(field) = supplement(text, today) {
            return field;
        }
        if place == Place::Later {
            return Err((0, HibcFault::Field));
        }
        if let Some(rest) = text.strip_prefix("$$+") {
            let Dated {
                quantity,
                date,
                value: serial,
            } = dated(rest, 3, today)?;
            return Ok(Self::DatedSerial {
                quantity,
                date,
                serial,
            });
        }
        if let Some(rest) = text.strip_prefix("$+") {
            return Ok(Self::Serial(value(rest, 2)?));
        }
        if place == Place::BehindLot {
            return Err((0, HibcFault::Field));
        }
        if let Some(rest) = text.strip_prefix("$$") {
            let Dated {
                quantity,
                date,
                value: lot,
            } = dated(rest, 2, today)?;
            return Ok(Self::DatedLot { quantity, date, lot });
        }
        if let Some(rest) = text.strip_prefix('$') {
            return Ok(Self::Lot(value(rest, 1)?));
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return Err((0, HibcFault::Field));
        }
        let (date, lot) = HibcDate::take(HibcDateForm::YearDay, text, today).ok_or((0, HibcFault::Date))?;
        let lot = value(lot, 5)?;
        Ok(Self::DayLot { date, lot })
    }

    /// Where the next field stands when this one stands at `place`.
    pub(super) fn next(&self, place: Place) -> Place {
        match self {
            Self::Lot(_) | Self::DatedLot { .. } | Self::DayLot { .. } if place == Place::First => {
                Place::BehindLot
            }
            _ => Place::Later,
        }
    }

    /// The lot, unless blank.
    pub fn lot(&self) -> Option<&'a str> {
        match self {
            Self::Lot(lot) | Self::DatedLot { lot, .. } | Self::DayLot { lot, .. } => Some(*lot),
            _ => None,
        }
        .filter(|lot| !lot.is_empty())
    }

    /// The serial, unless blank.
    pub fn serial(&self) -> Option<&'a str> {
        match self {
            Self::Serial(serial) | Self::DatedSerial { serial, .. } | Self::SupplementSerial(serial) => {
                Some(*serial)
            }
            _ => None,
        }
        .filter(|serial| !serial.is_empty())
    }

    /// The expiry, when the field has one.
    pub fn expiry(&self) -> Option<HibcDate<'a>> {
        match self {
            Self::DatedLot { date, .. } | Self::DatedSerial { date, .. } => *date,
            Self::DayLot { date, .. } | Self::Expiry(date) => Some(*date),
            _ => None,
        }
        .filter(|date| date.date().is_some())
    }

    /// The production date.
    pub fn made(&self) -> Option<HibcDate<'a>> {
        match self {
            Self::Made(date) => Some(*date),
            _ => None,
        }
    }

    /// Digits of the quantity.
    pub fn quantity(&self) -> Option<&'a str> {
        match self {
            Self::DatedLot { quantity, .. } | Self::DatedSerial { quantity, .. } => *quantity,
            Self::Quantity(digits) => Some(*digits),
            _ => None,
        }
    }
}

fn supplement(text: &str, today: Date) -> Option<Result<HibcField<'_>, Wrong>> {
    let full = |rest| match HibcDate::take(HibcDateForm::FullDate, rest, today) {
        Some((date, "")) => Ok(date),
        _ => Err((3, HibcFault::Date)),
    };
    if let Some(rest) = text.strip_prefix("14D") {
        return Some(full(rest).map(HibcField::Expiry));
    }
    if let Some(rest) = text.strip_prefix("16D") {
        return Some(full(rest).map(HibcField::Made));
    }
    if let Some(rest) = text.strip_prefix('S') {
        return Some(value(rest, 1).map(HibcField::SupplementSerial));
    }
    let digits = text.strip_prefix('Q')?;
    let number = (1..=MOST_QUANTITY).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    Some(if number {
        Ok(HibcField::Quantity(digits))
    } else {
        Err((1, HibcFault::Quantity))
    })
}

/// What follows `$$` or `$$+`, of which `mark` characters stand before `text`.
fn dated(text: &str, mark: usize, today: Date) -> Result<Dated<'_>, Wrong> {
    let digits = match text.as_bytes().first() {
        Some(b'8') => 2,
        Some(b'9') => 5,
        _ => 0,
    };
    let (quantity, rest, at) = if digits == 0 {
        (None, text, mark)
    } else {
        let quantity = text
            .get(1..=digits)
            .filter(|quantity| quantity.bytes().all(|b| b.is_ascii_digit()))
            .ok_or((mark + 1, HibcFault::Quantity))?;
        (Some(quantity), &text[digits + 1..], mark + digits + 1)
    };
    let code = rest.bytes().next();
    match code.and_then(HibcDateForm::of_code) {
        Some(form) => {
            let (date, value) = with_date(form, rest, at, today)?;
            Ok(Dated {
                quantity,
                date: Some(date),
                value,
            })
        }
        // After a quantity the date is optional; a digit would be the code of a date that is not known.
        None if quantity.is_some() && !code.is_some_and(|b| b.is_ascii_digit()) => Ok(Dated {
            quantity,
            date: None,
            value: value(rest, at)?,
        }),
        None => Err((at, HibcFault::Field)),
    }
}

/// A date with its code, and the text after it.
fn with_date(form: HibcDateForm, text: &str, at: usize, today: Date) -> Result<(HibcDate<'_>, &str), Wrong> {
    let code = form.code().len();
    let (date, rest) = text
        .get(code..)
        .and_then(|digits| HibcDate::take(form, digits, today))
        .ok_or((at + code, HibcFault::Date))?;
    let at = at + code + date.digits().len();
    Ok((date, value(rest, at)?))
}

/// A lot or serial. The standard has letters and digits; dashes, points and per cent signs are on real labels.
fn value(text: &str, at: usize) -> Result<&str, Wrong> {
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'%');
    if let Some(stranger) = text.bytes().position(|b| !allowed(b)) {
        return Err((
            at + stranger,
            HibcFault::Character(char::from(text.as_bytes()[stranger])),
        ));
    }
    if text.len() > MOST_TEXT {
        return Err((at + MOST_TEXT, HibcFault::ValueTooLong));
    }
    Ok(text)
}

impl fmt::Display for HibcField<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dated = |f: &mut fmt::Formatter<'_>, quantity: Option<&str>, date: Option<&HibcDate<'_>>| {
            if let Some(quantity) = quantity {
                write!(f, "{}{quantity}", if quantity.len() == 2 { '8' } else { '9' })?;
            }
            match date {
                Some(date) => write!(f, "{}{}", date.form().code(), date.digits()),
                None => Ok(()),
            }
        };
        match self {
            Self::Lot(lot) => write!(f, "${lot}"),
            Self::Serial(serial) => write!(f, "$+{serial}"),
            Self::DatedLot { quantity, date, lot } => {
                f.write_str("$$")?;
                dated(f, *quantity, date.as_ref())?;
                f.write_str(lot)
            }
            Self::DatedSerial {
                quantity,
                date,
                serial,
            } => {
                f.write_str("$$+")?;
                dated(f, *quantity, date.as_ref())?;
                f.write_str(serial)
            }
            Self::DayLot { date, lot } => write!(f, "{}{lot}", date.digits()),
            Self::SupplementSerial(serial) => write!(f, "S{serial}"),
            Self::Expiry(date) => write!(f, "14D{}", date.digits()),
            Self::Made(date) => write!(f, "16D{}", date.digits()),
            Self::Quantity(digits) => write!(f, "Q{digits}"),
        }
    }
}
