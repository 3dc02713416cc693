//! From checked elements to readings.

use jiff::civil::{Date, Time};
use smallvec::SmallVec;

use super::gs1::{Ai, Elements, Gs1Error};
use super::reading::{AssetCode, ItemCode, LogisticCode, Production, ProductionCode};
use super::{CarrierWarning, Reading, ScanError};
use crate::identity::{Agency, Gtin, LabelDate, PlaceCode, UdiDi};

/// All readings of one element string, with the warnings that hold for each of them.
///
/// Usually one. A pallet that is itself a trade item carries an SSCC and a GTIN, and is both.
pub(super) fn readings(
    elements: &Elements<'_>,
    today: Date,
) -> Result<(SmallVec<[Reading; 1]>, Vec<CarrierWarning>), ScanError> {
    elements.check_together()?;
    let mut warnings = Vec::new();
    let production = production(elements, today, &mut warnings)?;
    let mut found = SmallVec::new();
    if let Some(sscc) = value(elements, Ai::SSCC)? {
        found.push(Reading::Logistic(LogisticCode {
            sscc,
            content: value(elements, Ai::CONTENT)?,
            count: value(elements, Ai::COUNT)?,
            production: production.clone(),
            order: owned(elements, Ai::ORDER),
            ship_to: value(elements, Ai::SHIP_TO)?,
        }));
    }
    if let Some(gtin) = value::<Gtin>(elements, Ai::GTIN)? {
        if gtin.is_restricted() {
            warnings.push(CarrierWarning::RestrictedGtin);
        }
        found.push(Reading::Item(ItemCode {
            di: UdiDi::gs1(gtin),
            production: production.clone(),
            count: value(elements, Ai::VARIABLE_COUNT)?,
            additional_id: owned(elements, Ai::ADDITIONAL_ID),
            customer_part: owned(elements, Ai::CUSTOMER_PART),
            secondary_serial: owned(elements, Ai::SECONDARY_SERIAL),
            master_di: None,
        }));
    }
    if let Some(gln) = value(elements, Ai::LOCATION)? {
        found.push(Reading::Place(PlaceCode::new(
            gln,
            value(elements, Ai::EXTENSION)?,
        )));
    }
    if let Some(grai) = value(elements, Ai::GRAI)? {
        found.push(Reading::Asset(AssetCode::Returnable(grai)));
    }
    if let Some(giai) = value(elements, Ai::GIAI)? {
        found.push(Reading::Asset(AssetCode::Individual(giai)));
    }
    let missing = elements.missing_association();
    if found.is_empty() {
        let content = value(elements, Ai::CONTENT)?;
        let count = value(elements, Ai::COUNT)?.or(value(elements, Ai::VARIABLE_COUNT)?);
        if production != Production::default() || content.is_some() || count.is_some() {
            found.push(Reading::ProductionOnly(ProductionCode {
                agency: Agency::Gs1,
                link: None,
                production,
                content,
                count,
                missing,
            }));
        }
    } else {
        warnings.extend(missing.map(CarrierWarning::MissingAssociation));
    }
    if found.is_empty() {
        Err(ScanError::NamesNothing)
    } else {
        Ok((found, warnings))
    }
}

fn production(
    elements: &Elements<'_>,
    today: Date,
    warnings: &mut Vec<CarrierWarning>,
) -> Result<Production, ScanError> {
    let mut expiry = date(elements, Ai::EXPIRY, today, warnings)?;
    let mut expiry_time = None;
    if let Some((day, time)) = expiry_with_time(elements, today, warnings)? {
        match expiry {
            Some(other) if other.last_usable_day() != day.last_usable_day() => {
                warnings.push(CarrierWarning::ExpiryDatesDiffer);
                if day.last_usable_day() < other.last_usable_day() {
                    (expiry, expiry_time) = (Some(day), Some(time));
                }
            }
            _ => (expiry, expiry_time) = (Some(day), Some(time)),
        }
    }
    Ok(Production {
        lot: value(elements, Ai::LOT)?,
        serial: value(elements, Ai::SERIAL)?,
        expiry,
        expiry_time,
        made: date(elements, Ai::PRODUCTION_DATE, today, warnings)?,
        packed: date(elements, Ai::PACKAGING_DATE, today, warnings)?,
        best_before: date(elements, Ai::BEST_BEFORE, today, warnings)?,
        software: owned(elements, Ai::SOFTWARE),
        donation: None,
    })
}

/// AI 7003: six digits of date, four of time, checked by the parser.
fn expiry_with_time(
    elements: &Elements<'_>,
    today: Date,
    warnings: &mut Vec<CarrierWarning>,
) -> Result<Option<(LabelDate, Time)>, ScanError> {
    let Some((day, time)) = elements
        .get(Ai::EXPIRY_TIME)
        .and_then(|digits| digits.split_at_checked(6))
    else {
        return Ok(None);
    };
    let Some(day) = label_date(Ai::EXPIRY_TIME, day, today, warnings)? else {
        return Ok(None);
    };
    let part = |at: usize| time.get(at..at + 2).and_then(|digits| digits.parse().ok());
    let time = part(0)
        .zip(part(2))
        .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    Ok(time.map(|time| (day, time)))
}

fn date(
    elements: &Elements<'_>,
    ai: Ai,
    today: Date,
    warnings: &mut Vec<CarrierWarning>,
) -> Result<Option<LabelDate>, ScanError> {
    elements
        .get(ai)
        .map_or(Ok(None), |digits| label_date(ai, digits, today, warnings))
}

fn label_date(
    ai: Ai,
    digits: &str,
    today: Date,
    warnings: &mut Vec<CarrierWarning>,
) -> Result<Option<LabelDate>, ScanError> {
    if digits == "000000" {
        warnings.push(CarrierWarning::BlankDate { ai });
        return Ok(None);
    }
    match LabelDate::from_gs1(digits, today) {
        Ok(date) => Ok(Some(date)),
        Err(error) => Err(ScanError::Value {
            ai,
            reason: error.to_string(),
        }),
    }
}

/// The value of an identifier as one of our types. The parser has checked its form; what can still be wrong is what
/// no form shows, such as a number of zeros only.
fn value<T>(elements: &Elements<'_>, ai: Ai) -> Result<Option<T>, ScanError>
where
    T: core::str::FromStr,
    T::Err: core::fmt::Display,
{
    let Some(text) = elements.get(ai) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|error: T::Err| ScanError::Value {
        ai,
        reason: error.to_string(),
    })
}

fn owned(elements: &Elements<'_>, ai: Ai) -> Option<String> {
    elements.get(ai).map(Into::into)
}

impl From<Gs1Error> for ScanError {
    fn from(error: Gs1Error) -> Self {
        Self::Gs1(error)
    }
}
