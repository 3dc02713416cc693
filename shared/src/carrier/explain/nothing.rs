//! A code that is sound and names nothing: its values are told all the same.

use jiff::civil::Date;

use super::field::{fields_of_elements, fields_of_other};
use super::{AskedForm, Explanation, Remark, strict};
use crate::carrier::gs1::{
    Ai, Associations, BlankDates, Elements, Form, LinkRules, Listed, from_bracketed, parse,
};
use crate::carrier::identify::address;
use crate::carrier::{CarrierWarning, Normalised};

/// What such a code says; `None` where it is not of the form asked for.
pub(super) fn read(normal: &Normalised<'_>, asked: AskedForm, today: Date) -> Option<Explanation> {
    let data = core::str::from_utf8(&normal.data).ok()?;
    let form = AskedForm::by_its_head(data);
    if asked.agency().is_some_and(|agency| form.agency() != Some(agency)) {
        return None;
    }
    let (said, odd) = match form {
        AskedForm::Gs1(form) => of_gs1(form, data, today)?,
        form => {
            let rules = LinkRules::default();
            let said = strict::read(data, form, today, rules, Associations::Complete).ok()?;
            let fields = fields_of_other(data, today);
            (Explanation { fields, ..said }, Vec::new())
        }
    };
    let changes = normal.changes.iter().map(Remark::from);
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
