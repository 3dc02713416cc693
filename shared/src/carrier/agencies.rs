//! From the codes of HIBCC, ICCBBA and IFA to readings.

use jiff::civil::{Date, Time};

use super::gs1::Ai;
use super::hibc::{self, HibcCode, HibcReading};
use super::identify::Found;
use super::ifa::{self, IfaFlaw};
use super::isbt128::{self, Isbt128Code, Isbt128Structure};
use super::reading::{DonationCode, ItemCode, Production, ProductionCode};
use super::{CarrierWarning, Change, Reading, ScanError, Symbology};
use crate::identity::{Agency, TextError, UdiDi, UdiDiError};

/// Every way to read a code of this agency.
pub(super) fn readings(
    agency: Agency,
    data: &str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Found, ScanError> {
    match agency {
        Agency::Hibcc => hibc_readings(data, symbology, today, changes),
        Agency::Iccbba => Ok(vec![(isbt128(&isbt128::parse(data, today)?)?, Vec::new())]),
        Agency::Ifa => ifa_readings(data, today, changes),
        Agency::Gs1 => Err(ScanError::Unknown),
    }
}

/// A blank at the end is the check character or what the scanner adds, and when it can be both, both are told.
fn hibc_readings(
    data: &str,
    symbology: Option<Symbology>,
    today: Date,
    changes: &mut Vec<Change>,
) -> Result<Found, ScanError> {
    let whole = hibc_text(data, symbology, today);
    let Some(cut) = data.strip_suffix(' ') else {
        return whole;
    };
    match (whole, hibc_text(cut, symbology, today)) {
        (Ok(mut found), Ok(more)) if !lenient(&found) && !lenient(&more) => {
            found.extend(more);
            Ok(found)
        }
        (Ok(found), _) if !lenient(&found) => Ok(found),
        (_, Ok(found)) => {
            changes.push(Change::TrailingBlanks { bytes: 1 });
            Ok(found)
        }
        (whole, Err(_)) => whole,
    }
}

/// Whether a strict reader refuses one of the readings.
pub(super) fn lenient(found: &Found) -> bool {
    found
        .iter()
        .any(|(_, warnings)| warnings.iter().any(CarrierWarning::is_lenient))
}

fn hibc_text(data: &str, symbology: Option<Symbology>, today: Date) -> Result<Found, ScanError> {
    // What a linear symbol says by a wrong check character is that it was misread.
    let linear = matches!(symbology, Some(Symbology::Code39 | Symbology::Code128));
    let reading = if linear {
        HibcReading::Strict(hibc::candidates(data, today)?)
    } else {
        hibc::parse_lenient(data, today)?
    };
    match reading {
        HibcReading::Strict(found) => found.iter().map(|code| Ok((hibc(code)?, Vec::new()))).collect(),
        HibcReading::Lenient(read) => {
            let warnings: Vec<_> = read.flaws.into_iter().map(CarrierWarning::Hibc).collect();
            let codes = core::iter::once(&read.code).chain(&read.unchecked);
            codes.map(|code| Ok((hibc(code)?, warnings.clone()))).collect()
        }
    }
}

pub(super) fn hibc(code: &HibcCode<'_>) -> Result<Reading, ScanError> {
    let expiry = code.expiry();
    let production = Production {
        lot: text(code.lot())?,
        serial: text(code.serial())?,
        expiry: expiry.and_then(|date| date.date()),
        expiry_time: expiry
            .and_then(|date| date.hour())
            .and_then(|hour| Time::new(hour, 0, 0, 0).ok()),
        made: code.made().and_then(|date| date.date()),
        ..Production::default()
    };
    let Some(primary) = code.primary() else {
        return pending(Agency::Hibcc, production, code.quantity(), code.link());
    };
    Ok(Reading::Item(ItemCode {
        count: code.quantity(),
        ..ItemCode::new(device(Agency::Hibcc, primary.di())?, production)
    }))
}

fn ifa_readings(data: &str, today: Date, changes: &mut Vec<Change>) -> Result<Found, ScanError> {
    let read = ifa::parse_lenient(data, today)?;
    let warnings = of_flaws(&read.flaws, changes);
    Ok(vec![(ifa(&read.code)?, warnings)])
}

/// What was forgiven in the text, and what in its values.
pub(super) fn of_flaws(flaws: &[IfaFlaw], changes: &mut Vec<Change>) -> Vec<CarrierWarning> {
    let mut warnings = Vec::new();
    for flaw in flaws {
        match flaw {
            // Told by the identifiers that GS1 has for the same dates.
            IfaFlaw::BlankExpiry => warnings.push(CarrierWarning::BlankDate { ai: Ai::EXPIRY }),
            IfaFlaw::BlankProductionDate => warnings.push(CarrierWarning::BlankDate {
                ai: Ai::PRODUCTION_DATE,
            }),
            IfaFlaw::TrailingSeparator => changes.push(Change::TrailingSeparator),
        }
    }
    warnings
}

fn isbt128(code: &Isbt128Code<'_>) -> Result<Reading, ScanError> {
    let production = Production {
        lot: text(code.lot())?,
        serial: text(code.serial())?,
        expiry: code.expiry().map(|date| date.date()),
        expiry_time: code.expiry().and_then(|date| date.time()),
        made: code.made().map(|date| date.date()),
        donation: code.donation().map(|din| din.as_str().to_owned()),
        ..Production::default()
    };
    if let Some(di) = code.di() {
        return Ok(Reading::Item(ItemCode::new(
            device(Agency::Iccbba, di)?,
            production,
        )));
    }
    let Some(din) = &production.donation else {
        return pending(Agency::Iccbba, production, None, None);
    };
    Ok(Reading::Donation(DonationCode {
        din: din.clone(),
        product: code.structures().iter().find_map(|structure| match structure {
            Isbt128Structure::ProductCode(product) => Some((*product).to_owned()),
            _ => None,
        }),
        production,
    }))
}

fn ifa(code: &ifa::IfaCode<'_>) -> Result<Reading, ScanError> {
    let production = Production {
        lot: text(code.lot())?,
        serial: text(code.serial())?,
        expiry: code.expiry(),
        made: code.made(),
        ..Production::default()
    };
    let di = match (code.device(), code.article_number()) {
        (Some(code), _) => device(Agency::Ifa, code)?,
        // A medicine under a GTIN or NTIN in the clothes of IFA.
        (None, Some(gtin)) => UdiDi::gs1(gtin),
        (None, None) => return pending(Agency::Ifa, production, code.quantity(), None),
    };
    Ok(Reading::Item(ItemCode {
        count: code.quantity(),
        master_di: code
            .master_di()
            .map(|code| device(Agency::Ifa, code))
            .transpose()?,
        ..ItemCode::new(di, production)
    }))
}

/// Values without a device wait for it; no values at all name nothing.
fn pending(
    agency: Agency,
    production: Production,
    count: Option<u32>,
    link: Option<char>,
) -> Result<Reading, ScanError> {
    if production == Production::default() && count.is_none() {
        return Err(ScanError::NamesNothing);
    }
    Ok(Reading::ProductionOnly(ProductionCode {
        agency,
        link,
        production,
        content: None,
        count,
        missing: None,
    }))
}

/// The parsers allow less than these types, so an error here is a change of one of them.
fn text<T: core::str::FromStr<Err = TextError>>(text: Option<&str>) -> Result<Option<T>, ScanError> {
    let value = text.map(str::parse).transpose();
    value.map_err(|error: TextError| ScanError::Code {
        reason: error.to_string(),
    })
}

fn device(agency: Agency, code: &str) -> Result<UdiDi, ScanError> {
    UdiDi::new(agency, code).map_err(|error: UdiDiError| ScanError::Code {
        reason: error.to_string(),
    })
}
