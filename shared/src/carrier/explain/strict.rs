//! The verdict of the specifications.

use jiff::civil::Date;

use super::{AskedForm, Explanation, Fault, read_by};
use crate::carrier::ScanError;
use crate::carrier::gs1::{Ai, Associations, Held, LinkRules, Listed, read_strictly};
use crate::carrier::hibc::{self, HibcCode};
use crate::carrier::ifa::{self, IfaCode};
use crate::carrier::isbt128::{self, Isbt128Code};
use crate::identity::{Agency, Gtin, LabelDate};

pub(super) fn read(
    text: &str,
    form: AskedForm,
    today: Date,
    rules: LinkRules,
    associations: Associations,
) -> Result<Explanation, Fault> {
    let form = match form {
        AskedForm::Auto => AskedForm::by_its_head(text),
        form => form,
    };
    let other = |reading: Result<Explanation, ScanError>| reading.map_err(|error| Fault::from(&error));
    match form {
        AskedForm::Hibc => other(
            hibc::parse(text, today)
                .map_err(ScanError::from)
                .map(|code| of_hibc(&code)),
        ),
        AskedForm::Isbt128 => other(
            isbt128::parse(text, today)
                .map_err(ScanError::from)
                .map(|code| of_isbt128(&code)),
        ),
        AskedForm::Ifa => other(
            ifa::parse(text, today)
                .map_err(ScanError::from)
                .map(|code| of_ifa(&code)),
        ),
        AskedForm::Gs1(form) => read_strictly(form, text, rules, associations)
            .map(|held| of_held(held, today))
            .map_err(|error| Fault::from(&error)),
        AskedForm::Auto => Err(Fault::from(&ScanError::Unknown)),
    }
}

pub(super) fn of_hibc(code: &HibcCode<'_>) -> Explanation {
    Explanation {
        di: code.primary().map(|primary| primary.di().to_owned()),
        lot: code.lot().and_then(|lot| lot.parse().ok()),
        serial: code.serial().and_then(|serial| serial.parse().ok()),
        expiry: code.expiry().and_then(|date| date.date()),
        production: code.made().and_then(|date| date.date()),
        quantity: code.quantity(),
        ..read_by(Agency::Hibcc)
    }
}

pub(super) fn of_isbt128(code: &Isbt128Code<'_>) -> Explanation {
    Explanation {
        di: code.di().map(str::to_owned),
        lot: code.lot().and_then(|lot| lot.parse().ok()),
        serial: code.serial().and_then(|serial| serial.parse().ok()),
        expiry: code.expiry().map(|date| date.date()),
        production: code.made().map(|date| date.date()),
        ..read_by(Agency::Iccbba)
    }
}

pub(super) fn of_ifa(code: &IfaCode<'_>) -> Explanation {
    // A medicine under a GTIN or NTIN in the clothes of IFA.
    let gtin = code.article_number();
    Explanation {
        di: code
            .device()
            .map(str::to_owned)
            .or_else(|| gtin.map(|gtin| gtin.to_string())),
        lot: code.lot().and_then(|lot| lot.parse().ok()),
        serial: code.serial().and_then(|serial| serial.parse().ok()),
        expiry: code.expiry(),
        production: code.made(),
        quantity: code.quantity(),
        ..read_by(if gtin.is_some() { Agency::Gs1 } else { Agency::Ifa })
    }
}

fn of_held(held: Held, today: Date) -> Explanation {
    match held {
        Held::Elements(elements) => of_elements(elements, today),
        Held::TradeItem { digits, elements } => Explanation {
            di: digits.parse::<Gtin>().ok().map(|gtin| gtin.to_string()),
            ..of_elements(elements, today)
        },
        // No agency has anything to do with it.
        Held::Text => Explanation {
            ok: true,
            ..Explanation::default()
        },
    }
}

pub(super) fn of_elements(elements: Listed, today: Date) -> Explanation {
    let value = |wanted: Ai| {
        elements
            .iter()
            .find(|(ai, _)| *ai == wanted)
            .map(|(_, value)| value.as_str())
    };
    let date = |ai: Ai| value(ai).and_then(|digits| LabelDate::from_gs1(digits.get(..6)?, today).ok());
    let explanation = Explanation {
        di: value(Ai::GTIN).map(str::to_owned),
        lot: value(Ai::LOT).and_then(|lot| lot.parse().ok()),
        serial: value(Ai::SERIAL).and_then(|serial| serial.parse().ok()),
        expiry: date(Ai::EXPIRY).or_else(|| date(Ai::EXPIRY_TIME)),
        production: date(Ai::PRODUCTION_DATE),
        quantity: value(Ai::VARIABLE_COUNT)
            .or_else(|| value(Ai::COUNT))
            .and_then(|count| count.parse().ok()),
        ..read_by(Agency::Gs1)
    };
    Explanation {
        elements: elements
            .into_iter()
            .map(|(ai, value)| (ai.to_string(), value))
            .collect(),
        ..explanation
    }
}
