//! From data in GS1's own notation to what a scanner would transmit for the printed symbol.

use super::read::is_checked;
use crate::carrier::gs1::element::{BlankDates, GS, parse};
use crate::carrier::gs1::error::Gs1ErrorKind;
use crate::identity::check_digit;

/// Kinds of printed symbol, as far as they differ in what is transmitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// QR Code.
    QrCode,
    /// Data Matrix.
    DataMatrix,
    /// DotCode.
    DotCode,
    /// GS1-128.
    Gs1Code128,
    /// GS1 DataBar Expanded and Expanded Stacked.
    DataBarExpanded,
    /// GS1 DataBar Omnidirectional, Stacked and Truncated.
    DataBarOmnidirectional,
    /// GS1 DataBar Limited.
    DataBarLimited,
    /// UPC-A.
    UpcA,
    /// UPC-E.
    UpcE,
    /// EAN-13.
    Ean13,
    /// EAN-8.
    Ean8,
}

/// Whether the digits of EAN, UPC and DataBar come with their check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CheckDigit {
    /// It is there and must agree.
    #[default]
    Given,
    /// It is added.
    Added,
}

/// What a scanner transmits for a symbol of this kind with this data, or `None` where the kind cannot hold it.
///
/// `data` is written as the GS1 Barcode Syntax Engine does: `^` for FNC1, `|` before the second part of a composite,
/// `\^` for a text that begins with `^`.
pub fn to_scan(kind: Printed, data: &str, check: CheckDigit) -> Result<Option<String>, Gs1ErrorKind> {
    let (primary, composite) = match data.split_once("|^") {
        Some((primary, composite)) => (primary, Some(composite)),
        None => (data, None),
    };
    let plain_composite = composite.is_none() && primary.contains('|');
    Ok(match kind {
        Printed::QrCode => Some(matrix(data, "]Q1", "]Q3")),
        Printed::DataMatrix => Some(matrix(data, "]d1", "]d2")),
        Printed::DotCode => Some(matrix(data, "]J0", "]J1")),
        _ if plain_composite => None,
        Printed::Gs1Code128 | Printed::DataBarExpanded => primary.strip_prefix('^').map(|primary| {
            let alone = kind == Printed::Gs1Code128 && composite.is_none();
            let identifier = if alone { "]C1" } else { "]e0" };
            format!("{identifier}{}", joined(primary, composite))
        }),
        Printed::DataBarOmnidirectional | Printed::DataBarLimited => {
            let digits = digits(primary, 14, check)?;
            if kind == Printed::DataBarLimited && !digits.starts_with(['0', '1']) {
                return Err(Gs1ErrorKind::PrimaryDataIsTooLarge);
            }
            Some(format!("]e0{}", joined(&format!("01{digits}"), composite)))
        }
        Printed::UpcA | Printed::UpcE => Some(retail("]E00", &digits(primary, 12, check)?, composite)),
        Printed::Ean13 => Some(retail("]E0", &digits(primary, 13, check)?, composite)),
        Printed::Ean8 => Some(retail("]E4", &digits(primary, 8, check)?, composite)),
    })
}

fn matrix(data: &str, plain: &str, gs1: &str) -> String {
    if let Some(elements) = data.strip_prefix('^') {
        return format!("{gs1}{}", transmitted(elements));
    }
    let escaped = data.trim_start_matches('\\').starts_with('^');
    let text = data.strip_prefix('\\').filter(|_| escaped).unwrap_or(data);
    format!("{plain}{text}")
}

fn transmitted(elements: &str) -> String {
    elements.replace('^', "\u{1d}")
}

/// Both parts of a composite, which DataBar and GS1-128 transmit as one element string.
fn joined(primary: &str, composite: Option<&str>) -> String {
    let mut out = transmitted(primary);
    if let Some(composite) = composite {
        let open = parse(&out, BlankDates::Allowed).is_ok_and(|elements| {
            elements
                .as_slice()
                .last()
                .is_some_and(|e| e.is_variable() && !e.is_terminated())
        });
        if open {
            out.push(char::from(GS));
        }
        out.push_str(&transmitted(composite));
    }
    out
}

fn retail(identifier: &str, digits: &str, composite: Option<&str>) -> String {
    let composite = composite.map_or_else(String::new, |composite| format!("|]e0{}", transmitted(composite)));
    format!("{identifier}{digits}{composite}")
}

/// The digits of EAN, UPC or DataBar; `^01` and a GTIN of 14 digits stands for the same.
fn digits(primary: &str, length: usize, check: CheckDigit) -> Result<String, Gs1ErrorKind> {
    let bare = match primary.strip_prefix("^01") {
        // The rest is zeros, or the number does not fit the symbol and its length tells.
        Some(gtin) => match gtin.split_at_checked(14_usize.saturating_sub(length)) {
            Some((zeros, digits)) if zeros.bytes().all(|byte| byte == b'0') => digits,
            _ => gtin,
        },
        None => primary,
    };
    let (wanted, wrong_length) = match check {
        CheckDigit::Given => (length, Gs1ErrorKind::PrimaryDataMustBeNDigits),
        CheckDigit::Added => (
            length - 1,
            Gs1ErrorKind::PrimaryDataMustBeNDigitsWithoutCheckDigit,
        ),
    };
    if bare.len() != wanted {
        return Err(wrong_length);
    }
    if !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Gs1ErrorKind::PrimaryDataMustBeAllDigits);
    }
    match check {
        CheckDigit::Given if !is_checked(bare) => Err(Gs1ErrorKind::PrimaryDataCheckDigitIsIncorrect),
        CheckDigit::Given => Ok(bare.to_owned()),
        CheckDigit::Added => Ok(match check_digit(bare.as_bytes()) {
            Some(digit) => format!("{bare}{digit}"),
            None => bare.to_owned(),
        }),
    }
}
