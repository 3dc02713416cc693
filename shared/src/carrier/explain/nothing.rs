//! A code that is sound and names nothing: its values are told all the same.

use jiff::civil::Date;

use super::field::{fields_of_elements, fields_of_other};
use super::{AskedForm, Explanation, Remark, strict};
use crate::carrier::agencies::of_flaws;
use crate::carrier::gs1::{Ai, BlankDates, Elements, Form, Listed, from_bracketed, parse};
use crate::carrier::hibc::{self, HibcReading};
use crate::carrier::identify::address;
use crate::carrier::{CarrierWarning, Change, Normalised, ifa, isbt128};

/// What such a code says; `None` where it is not of the form asked for.
pub(super) fn read(normal: &Normalised<'_>, asked: AskedForm, today: Date) -> Option<Explanation> {
    let data = core::str::from_utf8(&normal.data).ok()?;
    let form = AskedForm::by_its_head(data);
    if asked.agency().is_some_and(|agency| form.agency() != Some(agency)) {
        return None;
    }
    let mut changes = normal.changes.clone();
    let (said, odd) = match form {
        AskedForm::Gs1(form) => of_gs1(form, data, today)?,
        form => {
            let (said, odd) = of_other(form, data, today, &mut changes)?;
            let fields = fields_of_other(data, today);
            (Explanation { fields, ..said }, odd)
        }
    };
    let changes = changes.iter().map(Remark::from);
    let odd = odd
        .iter()
        .chain([&CarrierWarning::NamesNothing])
        .map(Remark::from);
    Some(Explanation {
        symbology: normal.symbology,
        warnings: changes.chain(odd).collect(),
        ..said
    })
}

/// As leniently as what names something is read.
fn of_other(
    form: AskedForm,
    data: &str,
    today: Date,
    changes: &mut Vec<Change>,
) -> Option<(Explanation, Vec<CarrierWarning>)> {
    match form {
        AskedForm::Hibc => match hibc::parse_lenient(data, today).ok()? {
            HibcReading::Strict(found) => Some((strict::of_hibc(found.first()?), Vec::new())),
            HibcReading::Lenient(read) => {
                let flaws = read.flaws.into_iter().map(CarrierWarning::Hibc).collect();
                Some((strict::of_hibc(&read.code), flaws))
            }
        },
        AskedForm::Isbt128 => {
            let code = isbt128::parse(data, today).ok()?;
            Some((strict::of_isbt128(&code), Vec::new()))
        }
        AskedForm::Ifa => {
            let read = ifa::parse_lenient(data, today).ok()?;
            Some((strict::of_ifa(&read.code), of_flaws(&read.flaws, changes)))
        }
        AskedForm::Gs1(_) | AskedForm::Auto => None,
    }
}

fn of_gs1(form: Form, data: &str, today: Date) -> Option<(Explanation, Vec<CarrierWarning>)> {
    let mut odd = Vec::new();
    let spelled = match form {
        Form::Bracketed => Some(from_bracketed(data, BlankDates::Allowed).ok()?),
        Form::Link => {
            let (string, misplaced) = address(data).ok()?;
            odd.extend(misplaced);
            Some(string)
        }
        Form::Scan | Form::Fnc1 => None,
    };
    let elements = match &spelled {
        Some(string) => string.elements().ok()?,
        None => parse(data, BlankDates::Allowed).ok()?,
    };
    odd.extend(blank_dates(&elements));
    let listed: Listed = elements
        .as_slice()
        .iter()
        .map(|element| (element.ai(), element.value().to_owned()))
        .collect();
    let said = Explanation {
        fields: fields_of_elements(&elements, today),
        ..strict::of_elements(listed, today)
    };
    Some((said, odd))
}

fn blank_dates(elements: &Elements<'_>) -> impl Iterator<Item = CarrierWarning> {
    let dates = [
        Ai::EXPIRY,
        Ai::EXPIRY_TIME,
        Ai::PRODUCTION_DATE,
        Ai::PACKAGING_DATE,
        Ai::BEST_BEFORE,
    ];
    let blank = dates.into_iter().filter(|ai| {
        elements
            .get(*ai)
            .is_some_and(|digits| digits.starts_with("000000"))
    });
    blank.map(|ai| CarrierWarning::BlankDate { ai })
}
