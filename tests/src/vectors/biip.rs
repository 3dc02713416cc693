//! Rows from the tests of biip, another reader of GS1 data. Its errors have no names in common with ours: there only
//! the verdict is compared.

use std::str::FromStr;

use serde_json::Value;
use sparhund_shared::carrier::gs1::{
    BlankDates, LinkRules, Rules, ShortGtins, from_bracketed, from_link, parse,
};
use sparhund_shared::carrier::{Reading, Symbology, WedgeProfile, identify, normalise};
use sparhund_shared::identity::{Gln, Gtin, Sscc};

use super::row::{Outcome, pairs, text};

/// Runs a row; `None` for kinds that are not biip's.
pub fn run(row: &Value) -> Option<Outcome> {
    // biip strips the blanks around everything.
    let input = text(row, "input").trim_matches([' ', '\t', '\n', '\r']);
    Some(match text(row, "kind") {
        "biip-gtin" => number::<Gtin>(row, input),
        "biip-gln" => number::<Gln>(row, input),
        "biip-sscc" => number::<Sscc>(row, input),
        "biip-upc" => upc(row, input),
        "biip-element" => elements(row, &transmitted(row, input)),
        "biip-ai-fnc1" => {
            let sent = separated(row, input);
            let normal = normalise(sent.as_bytes(), &WedgeProfile::default());
            elements(row, &transmitted(row, &String::from_utf8_lossy(&normal.data)))
        }
        "biip-ai-bracketed" => elements(row, &bracketed(row, input)),
        "biip-dl-uri" => elements(row, &link(row, input)),
        "biip-symbology" => symbology(row, input),
        "biip-parse" => any(row, input),
        _ => return None,
    })
}

fn verdict(row: &Value, ours: bool, words: impl FnOnce() -> String) -> Outcome {
    if (row["ok"] == Value::Bool(true)) == ours {
        Outcome::Agrees
    } else {
        Outcome::Disagrees(words())
    }
}

fn number<T: FromStr + ToString>(row: &Value, input: &str) -> Outcome {
    let ours = input.parse::<T>().ok().map(|number| number.to_string());
    let theirs = text(&row["expect"], "value").trim_start_matches('0');
    let same = ours
        .as_deref()
        .is_none_or(|ours| theirs.is_empty() || ours.trim_start_matches('0') == theirs);
    verdict(row, ours.is_some() && same, || format!("{ours:?}"))
}

/// Six to eight digits are a UPC-E, twelve a UPC-A.
fn upc(row: &Value, input: &str) -> Outcome {
    let ours = Gtin::from_upc(input);
    verdict(row, ours.is_ok(), || format!("{ours:?}"))
}

fn rules(row: &Value) -> Rules {
    let verify = row["config"]["gs1_element_strings_verify_date"] != Value::Bool(false);
    Rules::from(if verify {
        BlankDates::Refused
    } else {
        BlankDates::Allowed
    })
}

type Found = Result<Vec<(String, String)>, String>;

fn elements(row: &Value, ours: &Found) -> Outcome {
    let same = ours
        .as_ref()
        .is_ok_and(|ours| *ours == pairs(&row["expect"]["ais"]));
    if row["ok"] == Value::Bool(true) && !same {
        return Outcome::Disagrees(format!("{ours:?}"));
    }
    verdict(row, ours.is_ok(), || format!("{ours:?}"))
}

fn transmitted(row: &Value, input: &str) -> Found {
    let found = parse(input, rules(row)).map_err(|error| error.kind.code().to_owned())?;
    Ok(listed(found.as_slice().iter().map(|e| (e.ai(), e.value()))))
}

/// The separators of the row's configuration as GS.
fn separated(row: &Value, input: &str) -> String {
    let configured = row["config"]["separator_chars"].as_array();
    configured
        .into_iter()
        .flatten()
        .fold(input.to_owned(), |text, sign| {
            match sign.as_str().map(|sign| (sign, sign.chars().count())) {
                Some((sign, 1)) => text.replace(sign, "\u{1d}"),
                _ => text,
            }
        })
}

fn bracketed(row: &Value, input: &str) -> Found {
    let string = from_bracketed(input, rules(row)).map_err(|error| error.kind.code().to_owned())?;
    let found = string.elements().map_err(|error| error.kind.code().to_owned())?;
    Ok(listed(found.as_slice().iter().map(|e| (e.ai(), e.value()))))
}

fn link(row: &Value, input: &str) -> Found {
    let rules = LinkRules {
        values: rules(row),
        short_gtins: ShortGtins::Padded,
        ..LinkRules::default()
    };
    let string = from_link(input, rules).map_err(|error| error.kind.code().to_owned())?;
    let found = string.elements().map_err(|error| error.kind.code().to_owned())?;
    Ok(listed(found.as_slice().iter().map(|e| (e.ai(), e.value()))))
}

fn listed<'a>(
    elements: impl Iterator<Item = (sparhund_shared::carrier::gs1::Ai, &'a str)>,
) -> Vec<(String, String)> {
    elements
        .map(|(ai, value)| (ai.to_string(), value.to_owned()))
        .collect()
}

fn symbology(row: &Value, input: &str) -> Outcome {
    let (found, _) = Symbology::split(input.as_bytes());
    verdict(row, found.is_some(), || format!("{found:?}"))
}

/// Everything the text may be: a number that biip finds must be among our candidates.
fn any(row: &Value, input: &str) -> Outcome {
    let today = jiff::civil::date(2026, 1, 27);
    let sent = separated(row, input);
    let ours = identify(sent.as_bytes(), today, &WedgeProfile::default());
    let candidates = ours.as_ref().map_or(&[][..], |ours| &ours.candidates[..]);
    let expected = &row["expect"];
    let gtin = text(expected, "gtin");
    let has_gtin = gtin.is_empty()
        || candidates.iter().any(|candidate| match &candidate.reading {
            Reading::Item(item) => item.di.as_gtin() == gtin.parse().ok(),
            _ => false,
        });
    let sscc = text(expected, "sscc");
    let has_sscc = sscc.is_empty()
        || candidates.iter().any(|candidate| match &candidate.reading {
            Reading::Logistic(code) => code.sscc.to_string() == sscc,
            _ => false,
        });
    let ok = ours.is_ok() && has_gtin && has_sscc;
    verdict(row, ok, || format!("{ours:?}"))
}
