//! The fields: data identifiers of ANSI MH10.8.2 and their values as IFA prescribes them.

use jiff::civil::Date;

use super::check::{CodeKind, check_code};
use super::envelope::IfaForm;
use super::error::IfaFault;
use crate::identity::{Gtin, LabelDate, is_cset82};

/// One field with its value as scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfaField<'a> {
    /// `9N` UDI-DI: PPN or HPC, 11 to 28 characters.
    Device(&'a str),
    /// `9N` Master UDI-DI, beside a UDI-DI.
    MasterDi(&'a str),
    /// `8P` GTIN or NTIN.
    ArticleNumber {
        /// As scanned, 8 to 14 digits.
        digits: &'a str,
        /// The number.
        gtin: Gtin,
    },
    /// `1T` lot, 1 to 20 characters.
    Lot(&'a str),
    /// `S` serial, 1 to 20 characters.
    Serial(&'a str),
    /// `D` expiry YYMMDD; day `00` is the whole month.
    Expiry {
        /// As scanned.
        digits: &'a str,
        /// The date.
        date: LabelDate,
    },
    /// `16D` production date YYYYMMDD; day `00` is the whole month.
    Made {
        /// As scanned.
        digits: &'a str,
        /// The date.
        date: LabelDate,
    },
    /// `Q` pieces in the package.
    Quantity {
        /// As scanned.
        digits: &'a str,
        /// The number.
        count: u32,
    },
    /// `27Q` price or measure, kept as scanned.
    Measure(&'a str),
    /// `33L` web address.
    WebAddress(&'a str),
}

/// Longest lot, serial or measure.
const MOST_TEXT: usize = 20;
/// Most digits of a quantity.
const MOST_QUANTITY: usize = 8;
/// Longer ones first where one begins as another.
const MARKS: [&str; 9] = ["16D", "27Q", "33L", "9N", "8P", "1T", "S", "D", "Q"];

/// Where in the field, counted from 0, and which rule.
pub(super) type Wrong = (usize, IfaFault);

impl<'a> IfaField<'a> {
    /// Reads one field of ASCII text: mark and value.
    pub(super) fn read(text: &'a str, form: IfaForm, today: Date) -> Result<Self, Wrong> {
        let marked = |mark: &&'static str| {
            let value = text.strip_prefix(*mark)?.strip_prefix(form.mark_end())?;
            Some((*mark, value))
        };
        let Some((mark, value)) = MARKS.iter().find_map(marked) else {
            // The mark itself in lower case gives Caps Lock away.
            let caps = MARKS.iter().any(|mark| {
                let head = text.get(..mark.len()).unwrap_or_default();
                head != *mark && head.eq_ignore_ascii_case(mark)
            });
            let fault = if caps {
                IfaFault::LowerCase
            } else {
                IfaFault::UnknownIdentifier
            };
            return Err((0, fault));
        };
        let at = text.len() - value.len();
        let wrong = |fault| (at, fault);
        Ok(match mark {
            "9N" => match check_code(value).map_err(wrong)? {
                CodeKind::Ppn | CodeKind::Hpc => Self::Device(value),
                CodeKind::MasterDi => Self::MasterDi(value),
                CodeKind::BasicDi => return Err(wrong(IfaFault::Code)),
            },
            "8P" => Self::ArticleNumber {
                digits: value,
                gtin: value.parse().map_err(|_| wrong(IfaFault::ArticleNumber))?,
            },
            "1T" => Self::Lot(text_of(value, at)?),
            "S" => Self::Serial(text_of(value, at)?),
            "D" => Self::Expiry {
                digits: value,
                date: LabelDate::from_gs1(value, today).map_err(|_| wrong(IfaFault::Date))?,
            },
            "16D" => Self::Made {
                digits: value,
                date: full_date(value).ok_or(wrong(IfaFault::Date))?,
            },
            "Q" => Self::Quantity {
                digits: value,
                count: quantity(value).ok_or(wrong(IfaFault::Quantity))?,
            },
            "27Q" => Self::Measure(graphic(value, at, MOST_TEXT)?),
            _ => Self::WebAddress(graphic(value, at, usize::MAX)?),
        })
    }

    /// Mark and value.
    pub(in crate::carrier) fn parts(&self) -> (&'static str, &'a str) {
        match self {
            Self::Device(text) | Self::MasterDi(text) => ("9N", text),
            Self::ArticleNumber { digits, .. } => ("8P", digits),
            Self::Lot(text) => ("1T", text),
            Self::Serial(text) => ("S", text),
            Self::Expiry { digits, .. } => ("D", digits),
            Self::Made { digits, .. } => ("16D", digits),
            Self::Quantity { digits, .. } => ("Q", digits),
            Self::Measure(text) => ("27Q", text),
            Self::WebAddress(text) => ("33L", text),
        }
    }
}

/// A lot or serial: the set of GS1 (IFA UDI specification 2.5, appendix A). A full stop is what it recommends between parts.
fn text_of(value: &str, at: usize) -> Result<&str, Wrong> {
    of_set(value, at, MOST_TEXT, is_cset82)
}

fn graphic(value: &str, at: usize, most: usize) -> Result<&str, Wrong> {
    of_set(value, at, most, |b| b.is_ascii_graphic())
}

fn of_set(value: &str, at: usize, most: usize, allowed: fn(u8) -> bool) -> Result<&str, Wrong> {
    if let Some(stranger) = value.bytes().position(|b| !allowed(b)) {
        let character = char::from(value.as_bytes()[stranger]);
        return Err((at + stranger, IfaFault::Character(character)));
    }
    if value.is_empty() || value.len() > most {
        return Err((at, IfaFault::Length));
    }
    Ok(value)
}

/// YYYYMMDD, day `00` for the whole month.
fn full_date(digits: &str) -> Option<LabelDate> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = digits.get(..4)?.parse().ok()?;
    let month = digits.get(4..6)?.parse().ok()?;
    match digits.get(6..)?.parse().ok()? {
        0 => LabelDate::month(year, month),
        day => Date::new(year, month, day).ok().and_then(LabelDate::day),
    }
}

fn quantity(digits: &str) -> Option<u32> {
    let number = (1..=MOST_QUANTITY).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if number { digits.parse().ok() } else { None }
}
