//! One answer to "what is this code?", for tools and for people who hold a code that will not scan.

use jiff::civil::Date;
use serde::Serialize;

use super::gs1::{
    Ai, Associations, Form, Gs1Error, Gs1ErrorKind, LinkRules, Listed, from_bracketed, from_link, is_link,
    parse, read_strictly,
};
use super::{
    CarrierWarning, Production, Reading, ScanError, Symbology, WedgeProfile, hibc, identify, ifa, isbt128,
    normalise,
};
use crate::identity::{Agency, LabelDate, Lot, Serial, UdiDi};

/// In which form the text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AskedForm {
    /// Decided by the text itself.
    #[default]
    Auto,
    /// One of the forms of GS1.
    Gs1(Form),
    /// HIBC.
    Hibc,
    /// ISBT 128.
    Isbt128,
    /// IFA.
    Ifa,
}

/// How the text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// As a scan in use: what scanners do is forgiven, what is odd is warned of.
    Lenient,
    /// As the reference engine of GS1, and the specifications of the others.
    Strict(LinkRules, Associations),
}

/// What a code says. Fields that it does not have are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Explanation {
    /// Whether it can be read.
    pub ok: bool,
    /// By whose rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// Identifiers and values in order, where the form has such.
    pub elements: Vec<(String, String)>,
    /// The device identifier without its agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub di: Option<String>,
    /// Lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<Lot>,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<Serial>,
    /// Expiry, `YYYY-MM-DD` or `YYYY-MM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<LabelDate>,
    /// Day of production, `YYYY-MM-DD` or `YYYY-MM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub production: Option<LabelDate>,
    /// Pieces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// Other ways to read it; none is right just because it is first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Explanation>,
    /// What is odd about it.
    pub warnings: Vec<Remark>,
    /// Why it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
}

/// Something odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Stable name.
    pub code: String,
    /// What it is and what to do.
    pub message: String,
}

/// Why a code cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable name; for GS1 that of the reference engine.
    pub code: String,
    /// The check that found a wrong content, named by its error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linter: Option<String>,
    /// Whose value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai: Option<String>,
    /// Byte of the data, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

/// Reads a text and says all that is to be said of it.
pub fn explain(
    text: &str,
    form: AskedForm,
    today: Date,
    profile: &WedgeProfile,
    strictness: Strictness,
) -> Explanation {
    let explained = match strictness {
        Strictness::Strict(rules, associations) => strict(text, form, today, rules, associations),
        Strictness::Lenient => lenient(text, form, today, profile),
    };
    explained.unwrap_or_else(|error| Explanation {
        error: Some(error),
        ..Explanation::default()
    })
}

fn strict(
    text: &str,
    form: AskedForm,
    today: Date,
    rules: LinkRules,
    associations: Associations,
) -> Result<Explanation, Fault> {
    let form = match form {
        AskedForm::Auto => by_its_head(text),
        form => form,
    };
    let other = |reading: Result<Explanation, ScanError>| reading.map_err(|error| fault(&error));
    match form {
        AskedForm::Hibc => other(
            hibc::parse(text, today)
                .map_err(ScanError::from)
                .map(|code| Explanation {
                    di: code.primary().map(|primary| primary.di().to_owned()),
                    lot: code.lot().and_then(|lot| lot.parse().ok()),
                    serial: code.serial().and_then(|serial| serial.parse().ok()),
                    expiry: code.expiry().and_then(|date| date.date()),
                    production: code.made().and_then(|date| date.date()),
                    quantity: code.quantity(),
                    ..read_by(Agency::Hibcc)
                }),
        ),
        AskedForm::Isbt128 => {
            other(
                isbt128::parse(text, today)
                    .map_err(ScanError::from)
                    .map(|code| Explanation {
                        di: code.di().map(str::to_owned),
                        lot: code.lot().and_then(|lot| lot.parse().ok()),
                        serial: code.serial().and_then(|serial| serial.parse().ok()),
                        expiry: code.expiry().map(|date| date.date()),
                        production: code.made().map(|date| date.date()),
                        ..read_by(Agency::Iccbba)
                    }),
            )
        }
        AskedForm::Ifa => other(ifa::parse(text, today).map_err(ScanError::from).map(|code| {
            Explanation {
                di: code
                    .device()
                    .map(str::to_owned)
                    .or_else(|| code.article_number().map(|gtin| gtin.to_string())),
                lot: code.lot().and_then(|lot| lot.parse().ok()),
                serial: code.serial().and_then(|serial| serial.parse().ok()),
                expiry: code.expiry(),
                production: code.made(),
                quantity: code.quantity(),
                ..read_by(Agency::Ifa)
            }
        })),
        AskedForm::Gs1(form) => read_strictly(form, text, rules, associations)
            .map(|elements| of_elements(elements, today))
            .map_err(|error| gs1_fault(&error)),
        AskedForm::Auto => Err(fault(&ScanError::Unknown)),
    }
}

/// Whose form a text has, by its first characters; the agency's own parser gives the verdict.
fn by_its_head(text: &str) -> AskedForm {
    let (_, data) = Symbology::split(text.as_bytes());
    match data {
        [b'+' | b'*', ..] => AskedForm::Hibc,
        [b'=' | b'&', ..] => AskedForm::Isbt128,
        [b'[', b')', b'>', ..] | [b'.', ..] => AskedForm::Ifa,
        [b'(', mark @ ..] => {
            let end = mark.iter().position(|byte| *byte == b')').unwrap_or_default();
            let letter = end.checked_sub(1).and_then(|at| mark.get(at));
            if letter.is_some_and(u8::is_ascii_alphabetic) {
                AskedForm::Ifa
            } else {
                AskedForm::Gs1(Form::Bracketed)
            }
        }
        _ if text.starts_with('^') => AskedForm::Gs1(Form::Fnc1),
        _ if is_link(text) => AskedForm::Gs1(Form::Link),
        _ => AskedForm::Gs1(Form::Scan),
    }
}

fn read_by(agency: Agency) -> Explanation {
    Explanation {
        ok: true,
        agency: Some(agency),
        ..Explanation::default()
    }
}

fn of_elements(elements: Listed, today: Date) -> Explanation {
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

fn lenient(text: &str, form: AskedForm, today: Date, profile: &WedgeProfile) -> Result<Explanation, Fault> {
    // The engine's notation becomes what a scanner sends for it.
    let sent = match form {
        AskedForm::Gs1(Form::Fnc1) => format!("]d2{}", text.trim_start_matches('^').replace('^', "\u{1d}")),
        _ => text.to_owned(),
    };
    let identified = identify(sent.as_bytes(), today, profile).map_err(|error| fault(&error))?;
    let elements = elements_of(&sent, profile);
    let changes = identified.changes.iter().map(|change| Remark {
        code: change.code().to_owned(),
        message: change.to_string(),
    });
    let changes: Vec<_> = changes.collect();
    let mut all = identified.candidates.iter().map(|candidate| Explanation {
        elements: if reading_agency(&candidate.reading) == Agency::Gs1 {
            elements.clone()
        } else {
            Vec::new()
        },
        warnings: changes
            .iter()
            .cloned()
            .chain(candidate.warnings.iter().map(remark))
            .collect(),
        ..of_reading(&candidate.reading)
    });
    let first = all.next().unwrap_or_default();
    Ok(Explanation {
        others: all.collect(),
        ..first
    })
}

/// The elements behind a lenient reading, where it is one of GS1.
fn elements_of(sent: &str, profile: &WedgeProfile) -> Vec<(String, String)> {
    use super::gs1::{BlankDates, KeyNames, ShortGtins};
    let normal = normalise(sent.as_bytes(), profile);
    let Ok(data) = core::str::from_utf8(&normal.data) else {
        return Vec::new();
    };
    let rules = LinkRules {
        values: BlankDates::Allowed.into(),
        short_gtins: ShortGtins::Padded,
        key_names: KeyNames::Allowed,
        ..LinkRules::default()
    };
    let spelled = if is_link(data) {
        from_link(data, rules).ok()
    } else {
        from_bracketed(data, rules.values).ok()
    };
    let elements = match &spelled {
        Some(string) => string.elements().ok(),
        None => parse(data, rules.values).ok(),
    };
    elements.map_or_else(Vec::new, |elements| {
        let listed = elements.as_slice().iter();
        listed
            .map(|e| (e.ai().to_string(), e.value().to_owned()))
            .collect()
    })
}

fn reading_agency(reading: &Reading) -> Agency {
    match reading {
        Reading::Item(item) => item.di.agency(),
        Reading::ProductionOnly(code) => code.agency,
        Reading::Donation(_) => Agency::Iccbba,
        Reading::Logistic(_) | Reading::Place(_) | Reading::Asset(_) => Agency::Gs1,
    }
}

fn of_reading(reading: &Reading) -> Explanation {
    let with = |di: Option<&UdiDi>, production: &Production, quantity| Explanation {
        ok: true,
        agency: Some(reading_agency(reading)),
        di: di.map(|di| di.code().to_owned()),
        lot: production.lot.clone(),
        serial: production.serial.clone(),
        expiry: production.expiry,
        production: production.made,
        quantity,
        ..Explanation::default()
    };
    match reading {
        Reading::Item(item) => with(Some(&item.di), &item.production, item.count),
        Reading::ProductionOnly(code) => with(None, &code.production, code.count),
        Reading::Donation(code) => with(None, &code.production, None),
        Reading::Logistic(code) => with(None, &code.production, code.count),
        Reading::Place(_) | Reading::Asset(_) => with(None, &Production::default(), None),
    }
}

fn remark(warning: &CarrierWarning) -> Remark {
    Remark {
        code: warning.code().to_owned(),
        message: warning.to_string(),
    }
}

fn fault(error: &ScanError) -> Fault {
    match error {
        ScanError::Gs1(error) => gs1_fault(error),
        error => Fault {
            code: error.code().to_owned(),
            linter: None,
            ai: None,
            at: None,
            message: error.to_string(),
        },
    }
}

fn gs1_fault(error: &Gs1Error) -> Fault {
    Fault {
        code: error.kind.code().to_owned(),
        linter: match error.kind {
            Gs1ErrorKind::AiLinterError(linter) => Some(linter.code().to_owned()),
            _ => None,
        },
        ai: error.ai.map(|ai| ai.to_string()),
        at: Some(error.position),
        message: error.to_string(),
    }
}
