//! The whole way of one scan: normalise, recognise, parse, interpret.

use std::borrow::Cow;

use jiff::civil::Date;
use smallvec::{SmallVec, smallvec};

use super::agencies::{self, lenient};
use super::gs1::{
    BlankDates, ElementString, Elements, KeyNames, LinkRules, ShortGtins, from_bracketed, from_link,
    from_misplaced_link, has_key, is_link, parse,
};
use super::interpret::readings;
use super::reading::{ItemCode, LogisticCode, Production};
use super::recognise::{is_swedish_mangled, other_agency};
use super::{
    CarrierWarning, Change, Normalised, Reading, ScanError, Symbology, WedgeProfile, lost_separator,
    normalise,
};
use crate::identity::{Agency, Gtin, NumericKeyError, Sscc, UdiDi};

/// Longest scan in bytes. The fullest Data Matrix holds 3,116 digits, the fullest QR Code 7,089.
const MOST_BYTES: usize = 8191;

/// What a scan may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified<'a> {
    /// Every way to read it; at least one. More than one only when the scanner sends no symbology identifier and
    /// the digits are ambiguous, or when one label names two things.
    pub candidates: Candidates<'a>,
    /// What was done to the bytes before they were read.
    pub changes: Vec<Change>,
}

/// The ways to read a scan. Nearly every scan has one, which stays off the heap: a scan must not wait for the allocator.
pub type Candidates<'a> = SmallVec<[Candidate<'a>; 1]>;

/// One way to read a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The symbology, when the scanner sends its identifier.
    pub symbology: Option<Symbology>,
    /// What it says.
    pub reading: Reading,
    /// What is odd about it.
    pub warnings: Vec<CarrierWarning>,
    /// The element string it was read from, where it was read from one, without what scanners add.
    pub element_string: Option<Cow<'a, str>>,
}

impl<'a> Candidate<'a> {
    fn without_elements((reading, warnings): (Reading, Vec<CarrierWarning>)) -> Self {
        Self {
            symbology: None,
            reading,
            warnings,
            element_string: None,
        }
    }

    fn of_elements(text: &'a str, elements: &Elements<'_>, today: Date) -> Result<Candidates<'a>, ScanError> {
        let (readings, warnings) = readings(elements, today)?;
        let candidates = readings.into_iter().map(|reading| Self {
            symbology: None,
            reading,
            warnings: warnings.clone(),
            element_string: Some(Cow::Borrowed(text)),
        });
        Ok(candidates.collect())
    }

    /// The same without a hold on the bytes of the scan.
    #[must_use]
    pub fn into_owned(self) -> Candidate<'static> {
        Candidate {
            symbology: self.symbology,
            reading: self.reading,
            warnings: self.warnings,
            element_string: self.element_string.map(|text| Cow::Owned(text.into_owned())),
        }
    }

    /// Whether a strict reader refuses the code: the warnings say why.
    pub fn is_lenient(&self) -> bool {
        self.warnings.iter().any(CarrierWarning::is_lenient)
    }
}

pub(super) type Found = Vec<(Reading, Vec<CarrierWarning>)>;

/// Reads the bytes of one scan. `today` decides centuries; `profile` says what the scanner sends for GS.
///
/// Keep `raw` whatever comes out: a later version may read it better.
pub fn identify<'a>(raw: &'a [u8], today: Date, profile: &WedgeProfile) -> Result<Identified<'a>, ScanError> {
    if raw.len() > MOST_BYTES {
        return Err(ScanError::TooLong { bytes: raw.len() });
    }
    if !profile.translates() && is_swedish_mangled(raw) {
        return Err(ScanError::KeyboardLayout);
    }
    let Normalised {
        symbology,
        data,
        mut changes,
    } = normalise(raw, profile);
    let mut candidates = match data {
        Cow::Borrowed(data) => read(text(data)?, symbology, today, &mut changes)?,
        Cow::Owned(data) => owned(read(text(&data)?, symbology, today, &mut changes)?),
    };
    for candidate in &mut candidates {
        candidate.symbology = symbology;
    }
    Ok(Identified { candidates, changes })
}

fn text(data: &[u8]) -> Result<&str, ScanError> {
    core::str::from_utf8(data).map_err(|error| ScanError::NotText {
        position: error.valid_up_to() + 1,
    })
}

fn owned<'a>(candidates: Candidates<'_>) -> Candidates<'a> {
    candidates
        .into_iter()
        .map(|candidate| -> Candidate<'a> { candidate.into_owned() })
        .collect()
}

/// Reads what is left when all that scanners add is taken off.
fn read<'a>(
    data: &'a str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Candidates<'a>, ScanError> {
    if data.is_empty() {
        return Err(ScanError::Empty);
    }
    match symbology {
        _ if is_link(data) => link(data, today),
        Some(s) if s.is_gs1_element_string() => match other_agency(data) {
            Ok(Some(agency)) => under_gs1(agency, data, s, today, changes),
            _ => element_string(data, today),
        },
        Some(Symbology::Ean13) => retail(data, today, ean13),
        Some(Symbology::Ean13AddOn) => {
            ean13_with_add_on(data).map(|found| smallvec![Candidate::without_elements(found)])
        }
        Some(Symbology::Ean8) => retail(data, today, |data| trade_item(data, &[8])),
        _ => by_content(data, symbology, today, changes),
    }
}

/// Elements as a symbol holds them, where the end of one may have been lost on the way.
pub(super) fn element_string(data: &str, today: Date) -> Result<Candidates<'_>, ScanError> {
    let elements = parse(data, BlankDates::Allowed)?;
    let mut found = Candidate::of_elements(data, &elements, today)?;
    if let Some(suspect) = lost_separator::suspect(&elements, today) {
        for candidate in &mut found {
            candidate.warnings.push(suspect.clone());
        }
    }
    Ok(found)
}

/// A web address: of GS1 Digital Link, or somebody's own.
fn link<'a>(data: &str, today: Date) -> Result<Candidates<'a>, ScanError> {
    let (string, odd) = address(data)?;
    let mut found = of_spelled(&string, today)?;
    for candidate in &mut found {
        candidate.warnings.extend(odd.clone());
    }
    Ok(found)
}

/// The elements of a web address, and what is odd about their places.
pub(super) fn address(data: &str) -> Result<(ElementString, Option<CarrierWarning>), ScanError> {
    // Addresses made before the present standard are common on packs.
    let rules = LinkRules {
        values: BlankDates::Allowed.into(),
        short_gtins: ShortGtins::Padded,
        key_names: KeyNames::Allowed,
        ..LinkRules::default()
    };
    match from_link(data, rules) {
        Ok(string) => Ok((string, None)),
        Err(_) if !has_key(data, rules.key_names) => Err(ScanError::WebAddress),
        Err(error) => {
            let misplaced = from_misplaced_link(data, rules).map_err(|_| error)?;
            Ok((misplaced, Some(CarrierWarning::MisplacedInAddress)))
        }
    }
}

/// A form that says where each value ends.
fn of_spelled<'a>(string: &ElementString, today: Date) -> Result<Candidates<'a>, ScanError> {
    Candidate::of_elements(string.as_str(), &string.elements()?, today).map(owned)
}

/// Nothing but the data says what it is.
fn by_content<'a>(
    data: &'a str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Candidates<'a>, ScanError> {
    if let Some(agency) = other_agency(data)? {
        let found = other(agency, data, symbology, today, changes)?;
        return Ok(found.into_iter().map(Candidate::without_elements).collect());
    }
    if data.starts_with('(') {
        return of_spelled(&from_bracketed(data, BlankDates::Allowed)?, today);
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
    let number = match data.len() {
        8 | 12 | 13 | 14 => Some(trade_item(data, &[8, 12, 13, 14])),
        18 => Some(package(data)),
        _ => None,
    };
    if matches!(symbology, Some(Symbology::Itf | Symbology::ItfChecked)) {
        // Interleaved 2 of 5 cannot hold an element string.
        let number = number.unwrap_or(Err(ScanError::Unknown))?;
        return Ok(smallvec![Candidate::without_elements(number)]);
    }
    let mut numbers: Found = upc_e(data, symbology).into_iter().collect();
    let number = number.map(|number| number.map(|number| numbers.insert(0, number)));
    match (number, element_string(data, today)) {
        (_, found) if !numbers.is_empty() => {
            let numbers = numbers.into_iter().map(Candidate::without_elements);
            Ok(numbers.chain(found.unwrap_or_default()).collect())
        }
        (_, Ok(found)) => Ok(found),
        // Digits of the right count are a mistyped number rather than a broken element string.
        (Some(Err(error)), Err(_)) => Err(error),
        (_, Err(error)) => Err(unknown(error)),
    }
}

/// A code of another agency in a symbol that says GS1. No element string begins as theirs do.
fn under_gs1<'a>(
    agency: Agency,
    data: &str,
    symbology: Symbology,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Candidates<'a>, ScanError> {
    // What holds for linear symbols holds for one that says GS1 too.
    let plain = match symbology {
        Symbology::Gs1Code128 => Symbology::Code128,
        other => other,
    };
    let found = other(agency, data, Some(plain), today, changes)?;
    let found = found.into_iter().map(|(reading, mut warnings)| {
        warnings.push(CarrierWarning::SymbolSaysGs1);
        Candidate::without_elements((reading, warnings))
    });
    Ok(found.collect())
}

/// Every way to read a code of another agency. Two blanks at the end of an HIBC code are link and check character, or what
/// the scanner adds; when they can be both, both are told.
fn other(
    agency: Agency,
    data: &str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Found, ScanError> {
    // What one reading changed is told only where that reading is.
    let (mut of_blanks, mut of_bare) = (Vec::new(), Vec::new());
    let with = agencies::readings(agency, data, symbology, today, &mut of_blanks);
    let without = data
        .strip_suffix("  ")
        .filter(|_| agency == Agency::Hibcc)
        .map(|bare| agencies::readings(agency, bare, symbology, today, &mut of_bare));
    match (with, without) {
        (Ok(mut found), Some(Ok(more))) if !lenient(&found) && !lenient(&more) => {
            changes.append(&mut of_blanks);
            of_bare.retain(|change| !changes.contains(change));
            changes.append(&mut of_bare);
            found.extend(more);
            Ok(found)
        }
        (Ok(found), _) if !lenient(&found) => {
            changes.append(&mut of_blanks);
            Ok(found)
        }
        (_, Some(Ok(found))) => {
            changes.append(&mut of_bare);
            changes.push(Change::TrailingBlanks { bytes: 2 });
            Ok(found)
        }
        (found, _) => {
            changes.append(&mut of_blanks);
            found
        }
    }
}

/// Eight digits as they are printed under a UPC-E, whose check digit belongs to the twelve behind them. Scanners send
/// the twelve; without a check digit any number would be a product.
fn upc_e(data: &str, symbology: Option<Symbology>) -> Option<(Reading, Vec<CarrierWarning>)> {
    let wide = (symbology.is_none() && data.len() == 8)
        .then(|| Gtin::from_upc(data).ok())
        .flatten()?;
    trade_item(&wide.to_string(), &[14]).ok()
}

/// An element string that fails at its first identifier was never one.
fn unknown(error: ScanError) -> ScanError {
    match error {
        ScanError::Gs1(error) if error.ai.is_none() && error.position == 1 => ScanError::Unknown,
        other => other,
    }
}

/// EAN or UPC, perhaps with the second part of a composite behind it, which holds what is said of the same product.
fn retail<'a>(
    data: &str,
    today: Date,
    number: impl Fn(&str) -> Result<(Reading, Vec<CarrierWarning>), ScanError>,
) -> Result<Candidates<'a>, ScanError> {
    let Some((digits, composite)) = data.split_once("|]e0") else {
        return Ok(smallvec![Candidate::without_elements(number(data)?)]);
    };
    let (Reading::Item(item), told) = number(digits)? else {
        return Err(ScanError::Unknown);
    };
    let string = format!("01{}{composite}", item.di.code());
    let mut found = owned(element_string(&string, today)?);
    for Candidate { warnings, .. } in &mut found {
        warnings.extend(
            told.iter()
                .filter(|told| !warnings.contains(told))
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    Ok(found)
}

fn ean13(data: &str) -> Result<(Reading, Vec<CarrierWarning>), ScanError> {
    let (reading, mut warnings) = trade_item(data, &[12, 13])?;
    if data.len() == 12 {
        warnings.push(CarrierWarning::TwelveDigitEan);
    }
    Ok((reading, warnings))
}

/// EAN or UPC with the digits of its add-on behind.
fn ean13_with_add_on(data: &str) -> Result<(Reading, Vec<CarrierWarning>), ScanError> {
    let Some((digits, add_on)) = data
        .split_at_checked(13)
        .filter(|(_, add_on)| matches!(add_on.len(), 2 | 5))
    else {
        return trade_item(data, &[13]);
    };
    let (reading, mut warnings) = trade_item(digits, &[13])?;
    if let Some(at) = add_on.bytes().position(|byte| !byte.is_ascii_digit()) {
        let position = digits.len() + at + 1;
        return Err(NumericKeyError::NotDigit {
            key: "GTIN",
            position,
        }
        .into());
    }
    warnings.push(CarrierWarning::AddOn { digits: add_on.len() });
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
