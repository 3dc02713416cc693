//! As a scan in use is read.

use jiff::civil::Date;

use super::asked::{is_composite_in_notation, sent_for_notation};
use super::field::fields_of;
use super::{AskedForm, Explanation, Fault, Marked, Remark, nothing, read_by, strict};
use crate::carrier::gs1::{Associations, BlankDates, Form, LinkRules, parse};
use crate::carrier::{
    Candidate, Production, Reading, ScanError, WedgeProfile, identify, ifa, normalise, with_separator,
};
use crate::identity::{Agency, UdiDi};

pub(super) fn read(
    text: &str,
    form: AskedForm,
    today: Date,
    profile: &WedgeProfile,
) -> Result<Explanation, Fault> {
    let sent = match form {
        AskedForm::Gs1(Form::Fnc1) => sent_for_notation(text),
        AskedForm::Auto if is_composite_in_notation(text) => sent_for_notation(text),
        _ => text.to_owned(),
    };
    let identified = identify(sent.as_bytes(), today, profile);
    if let Err(error @ ScanError::TooLong { .. }) = &identified {
        return Err(Fault::from(error));
    }
    let normal = normalise(sent.as_bytes(), profile);
    let data = String::from_utf8_lossy(&normal.data);
    let identified = match identified {
        Ok(identified) => identified,
        Err(error) => {
            let named_nothing =
                (error == ScanError::NamesNothing).then(|| nothing::read(&normal, form, today));
            return named_nothing.flatten().ok_or_else(|| Fault {
                marked: Marked::of(&error, normal.symbology, &data).map(Box::new),
                ..Fault::from(&error)
            });
        }
    };
    let changes: Vec<Remark> = identified.changes.iter().map(Remark::from).collect();
    let asked_for = |candidate: &&Candidate<'_>| {
        form.agency()
            .is_none_or(|agency| agency == rules_of(candidate, &data, today))
    };
    // What a lost separator would make of it stands behind what it says as it is.
    let asked: Vec<&Candidate<'_>> = identified.candidates.iter().filter(asked_for).collect();
    let suspected: Vec<Candidate<'static>> = asked
        .iter()
        .flat_map(|candidate| with_separator(candidate, today))
        .collect();
    let mut all = asked.into_iter().chain(&suspected).map(|candidate| Explanation {
        symbology: candidate.symbology,
        reading: Some(candidate.reading.clone()),
        elements: elements_of(candidate),
        fields: fields_of(candidate, &data, today),
        warnings: changes
            .iter()
            .cloned()
            .chain(candidate.warnings.iter().map(Remark::from))
            .collect(),
        ..of_reading(&candidate.reading)
    });
    match all.next() {
        Some(first) => {
            let others: Vec<Explanation> = all.collect();
            Ok(Explanation {
                di: first.di.clone().or_else(|| item_beside(&first, &others)),
                others,
                ..first
            })
        }
        // A code of another agency: what its own parser would have said is what is wrong with it.
        None => Err(match form {
            AskedForm::Auto | AskedForm::Gs1(_) => Fault::from(&ScanError::Unknown),
            form => strict::read(text, form, today, LinkRules::default(), Associations::Complete)
                .err()
                .unwrap_or(Fault::from(&ScanError::Unknown)),
        }),
    }
}

/// The device on the label of a package that is itself one: the same label, so the same elements.
fn item_beside(package: &Explanation, others: &[Explanation]) -> Option<String> {
    let is_package = matches!(package.reading, Some(Reading::Logistic(_)));
    let same_label = |other: &&Explanation| {
        matches!(other.reading, Some(Reading::Item(_))) && other.elements == package.elements
    };
    let item = others.iter().find(same_label).filter(|_| is_package)?;
    item.di.clone()
}

/// By whose rules the code is built; its device may be of another agency.
fn rules_of(candidate: &Candidate<'_>, data: &str, today: Date) -> Agency {
    let agency = candidate.reading.agency();
    if agency == Agency::Gs1 && candidate.element_string.is_none() && ifa::parse_lenient(data, today).is_ok()
    {
        return Agency::Ifa;
    }
    agency
}

/// The elements behind a reading, where it is one of an element string.
fn elements_of(candidate: &Candidate<'_>) -> Vec<(String, String)> {
    let string = candidate.element_string.as_deref().unwrap_or_default();
    parse(string, BlankDates::Allowed).map_or_else(
        |_| Vec::new(),
        |elements| {
            let listed = elements.as_slice().iter();
            listed
                .map(|element| (element.ai().to_string(), element.value().to_owned()))
                .collect()
        },
    )
}

fn of_reading(reading: &Reading) -> Explanation {
    let with = |di: Option<&UdiDi>, production: &Production, quantity| Explanation {
        di: di.map(|di| di.code().to_owned()),
        lot: production.lot.clone(),
        serial: production.serial.clone(),
        expiry: production.expiry,
        production: production.made,
        quantity,
        ..read_by(reading.agency())
    };
    match reading {
        Reading::Item(item) => with(Some(&item.di), &item.production, item.count),
        Reading::ProductionOnly(code) => with(None, &code.production, code.count),
        Reading::Donation(code) => with(None, &code.production, None),
        Reading::Logistic(code) => with(None, &code.production, code.count),
        Reading::Place(_) | Reading::Asset(_) => with(None, &Production::default(), None),
    }
}
