//! The whole way of one scan: normalise, recognise, parse, interpret.

use jiff::civil::Date;

use super::agencies;
use super::gs1::{BlankDates, parse, to_element_string};
use super::interpret::readings;
use super::reading::{ItemCode, LogisticCode, Production};
use super::recognise::{is_swedish_mangled, other_agency};
use super::{CarrierWarning, Change, Reading, ScanError, Symbology, WedgeProfile, normalise};
use crate::identity::{Gtin, NumericKeyError, Sscc, UdiDi};

/// Longest scan in bytes. The fullest Data Matrix holds 3,116 digits, the fullest QR Code 7,089.
const MOST_BYTES: usize = 8191;

/// What a scan may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Every way to read it; at least one. More than one only when the scanner sends no symbology identifier and
    /// the digits are ambiguous, or when one label names two things.
    pub candidates: Vec<Candidate>,
    /// What was done to the bytes before they were read.
    pub changes: Vec<Change>,
}

/// One way to read a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The symbology, when the scanner sends its identifier.
    pub symbology: Option<Symbology>,
    /// What it says.
    pub reading: Reading,
    /// What is odd about it.
    pub warnings: Vec<CarrierWarning>,
}

impl Candidate {
    /// Whether a strict reader refuses the code: the warnings say why.
    pub fn is_lenient(&self) -> bool {
        self.warnings.iter().any(CarrierWarning::is_lenient)
    }
}

pub(super) type Found = Vec<(Reading, Vec<CarrierWarning>)>;

/// Reads the bytes of one scan. `today` decides centuries; `profile` says what the scanner sends for GS.
///
/// Keep `raw` whatever comes out: a later version may read it better.
pub fn identify(raw: &[u8], today: Date, profile: &WedgeProfile) -> Result<Identified, ScanError> {
    if raw.len() > MOST_BYTES {
        return Err(ScanError::TooLong { bytes: raw.len() });
    }
    if is_swedish_mangled(raw) {
        return Err(ScanError::KeyboardLayout);
    }
    let mut normalised = normalise(raw, profile);
    let symbology = normalised.symbology;
    let data = core::str::from_utf8(&normalised.data).map_err(|error| ScanError::NotText {
        position: error.valid_up_to() + 1,
    })?;
    if data.is_empty() {
        return Err(ScanError::Empty);
    }
    let found = match symbology {
        Some(s) if s.is_gs1_element_string() => element_string(data, today)?,
        Some(Symbology::Ean13) => vec![ean13(data)?],
        Some(Symbology::Ean8) => vec![trade_item(data, &[8])?],
        _ => by_content(data, symbology, today, &mut normalised.changes)?,
    };
    let candidates = found
        .into_iter()
        .map(|(reading, warnings)| Candidate {
            symbology,
            reading,
            warnings,
        })
        .collect();
    Ok(Identified {
        candidates,
        changes: normalised.changes,
    })
}

fn element_string(data: &str, today: Date) -> Result<Found, ScanError> {
    let elements = parse(data, BlankDates::Allowed)?;
    let (readings, warnings) = readings(&elements, today)?;
    Ok(readings
        .into_iter()
        .map(|reading| (reading, warnings.clone()))
        .collect())
}

/// Nothing but the data says what it is.
fn by_content(
    data: &str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Found, ScanError> {
    if let Some(agency) = other_agency(data)? {
        return agencies::readings(agency, data, symbology, today, changes);
    }
    if data.starts_with('(') {
        return element_string(&to_element_string(data)?, today);
    }
    if !data.bytes().all(|b| b.is_ascii_digit()) {
        // Without the identifier of a GS1 symbol a text is only taken for an element string if it is one.
        return element_string(data, today).map_err(|error| {
            if data.starts_with("01") {
                error
            } else {
                unknown(error)
            }
        });
    }
    let number = match (symbology, data.len()) {
        (Some(Symbology::Itf | Symbology::ItfChecked), 14) | (_, 8 | 12 | 13 | 14) => {
            Some(trade_item(data, &[8, 12, 13, 14]))
        }
        (_, 18) => Some(package(data)),
        _ => None,
    };
    if matches!(symbology, Some(Symbology::Itf | Symbology::ItfChecked)) {
        // Interleaved 2 of 5 cannot hold an element string.
        return number.unwrap_or(Err(ScanError::Unknown)).map(|found| vec![found]);
    }
    match (number, element_string(data, today)) {
        (Some(Ok(number)), Ok(mut more)) => {
            more.insert(0, number);
            Ok(more)
        }
        (Some(Ok(number)), Err(_)) => Ok(vec![number]),
        (_, Ok(found)) => Ok(found),
        // Digits of the right count are a mistyped number rather than a broken element string.
        (Some(Err(error)), Err(_)) => Err(error),
        (None, Err(error)) => Err(unknown(error)),
    }
}

/// An element string that fails at its first identifier was never one.
fn unknown(error: ScanError) -> ScanError {
    match error {
        ScanError::Gs1(error) if error.ai.is_none() && error.position == 1 => ScanError::Unknown,
        other => other,
    }
}

fn ean13(data: &str) -> Result<(Reading, Vec<CarrierWarning>), ScanError> {
    let (reading, mut warnings) = trade_item(data, &[12, 13])?;
    if data.len() == 12 {
        warnings.push(CarrierWarning::TwelveDigitEan);
    }
    Ok((reading, warnings))
}

fn trade_item(data: &str, lengths: &[usize]) -> Result<(Reading, Vec<CarrierWarning>), ScanError> {
    if !lengths.contains(&data.len()) {
        let expected = if lengths.contains(&13) { "13" } else { "8" };
        return Err(NumericKeyError::Length {
            key: "GTIN",
            expected,
            found: data.chars().count(),
        }
        .into());
    }
    let gtin: Gtin = data.parse()?;
    let warnings = if gtin.is_restricted() {
        vec![CarrierWarning::RestrictedGtin]
    } else {
        Vec::new()
    };
    let item = ItemCode::new(UdiDi::gs1(gtin), Production::default());
    Ok((Reading::Item(item), warnings))
}

fn package(data: &str) -> Result<(Reading, Vec<CarrierWarning>), ScanError> {
    let sscc: Sscc = data.parse()?;
    let production = Production::default();
    let code = LogisticCode {
        sscc,
        content: None,
        count: None,
        production,
        order: None,
        ship_to: None,
    };
    Ok((Reading::Logistic(code), Vec::new()))
}
