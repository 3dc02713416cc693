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
    /// `$$+` expiry and serial.
    DatedSerial {
        /// Expiry.
        date: HibcDate<'a>,
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

/// Where in the field, counted from 0, and which rule.
type Wrong = (usize, HibcFault);

impl<'a> HibcField<'a> {
    /// Reads one field. `first` = it stands directly after the primary data or after `+`, where lot, serial and date
    /// have their marks; the supplements may stand anywhere.
    pub(super) fn read(text: &'a str, first: bool, today: Date) -> Result<Self, Wrong> {
        if let Some(field) = supplement(text, today) {
            return field;
        }
        if !first {
            return Err((0, HibcFault::Field));
        }
        if let Some(rest) = text.strip_prefix("$$+") {
            let code = rest.bytes().next().and_then(HibcDateForm::of_code);
            let (date, serial) = dated(code.ok_or((3, HibcFault::Field))?, rest, 3, today)?;
            return Ok(Self::DatedSerial { date, serial });
        }
        if let Some(rest) = text.strip_prefix("$$") {
            return dated_lot(rest, today);
        }
        if let Some(rest) = text.strip_prefix("$+") {
            return Ok(Self::Serial(value(rest, 2)?));
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
            Self::DatedLot { date, .. } => *date,
            Self::DatedSerial { date, .. } | Self::DayLot { date, .. } | Self::Expiry(date) => Some(*date),
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
            Self::DatedLot { quantity, .. } => *quantity,
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

/// What follows `$$`: quantity, date, lot.
fn dated_lot(text: &str, today: Date) -> Result<HibcField<'_>, Wrong> {
    let digits = match text.as_bytes().first() {
        Some(b'8') => 2,
        Some(b'9') => 5,
        _ => 0,
    };
    let (quantity, rest, at) = if digits == 0 {
        (None, text, 2)
    } else {
        let quantity = text
            .get(1..=digits)
            .filter(|quantity| quantity.bytes().all(|b| b.is_ascii_digit()))
            .ok_or((3, HibcFault::Quantity))?;
        (Some(quantity), &text[digits + 1..], digits + 3)
    };
    let code = rest.bytes().next();
    match code.and_then(HibcDateForm::of_code) {
        Some(form) => {
            let (date, lot) = dated(form, rest, at, today)?;
            Ok(HibcField::DatedLot {
                quantity,
                date: Some(date),
                lot,
            })
        }
        // After a quantity the date is optional; a digit would be the code of a date that is not known.
        None if quantity.is_some() && !code.is_some_and(|b| b.is_ascii_digit()) => Ok(HibcField::DatedLot {
            quantity,
            date: None,
            lot: value(rest, at)?,
        }),
        None => Err((at, HibcFault::Field)),
    }
}

/// A date with its code, and the text after it.
fn dated(form: HibcDateForm, text: &str, at: usize, today: Date) -> Result<(HibcDate<'_>, &str), Wrong> {
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
        let dated = |date: &HibcDate<'_>| [date.form().code(), date.digits()].concat();
        match self {
            Self::Lot(lot) => write!(f, "${lot}"),
            Self::Serial(serial) => write!(f, "$+{serial}"),
            Self::DatedLot { quantity, date, lot } => {
                f.write_str("$$")?;
                if let Some(quantity) = quantity {
                    write!(f, "{}{quantity}", if quantity.len() == 2 { '8' } else { '9' })?;
                }
                write!(f, "{}{lot}", date.as_ref().map(dated).unwrap_or_default())
            }
            Self::DatedSerial { date, serial } => write!(f, "$$+{}{serial}", dated(date)),
            Self::DayLot { date, lot } => write!(f, "{}{lot}", date.digits()),
            Self::SupplementSerial(serial) => write!(f, "S{serial}"),
            Self::Expiry(date) => write!(f, "14D{}", date.digits()),
            Self::Made(date) => write!(f, "16D{}", date.digits()),
            Self::Quantity(digits) => write!(f, "Q{digits}"),
        }
    }
}
