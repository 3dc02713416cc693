//! Rows labelled by the GS1 Barcode Syntax Engine.

use serde_json::Value;
use sparhund_shared::carrier::gs1::{
    CheckDigit, ElementString, Elements, Gs1Error, LinkRules, Printed, Rules, ScanData, ShortGtins,
    UnknownAis, from_bracketed, from_link, is_link, parse, read_scan, to_link, to_scan,
};

use super::row::{Answer, Outcome, Refusal, compare, is_off, option, text};

/// Rules that hold between elements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Together {
    /// None: the parse layer alone.
    Apart,
    /// All, or all but what may be in another symbol.
    All { requisites: bool },
}

/// Runs a row; `None` for kinds that are not the engine's.
pub fn run(row: &Value) -> Option<Outcome> {
    let input = text(row, "input");
    let all = Together::All {
        requisites: !is_off(row, "REQUISITE_AIS") && !option(row, "requisites_off"),
    };
    let answer = match text(row, "kind") {
        "ai-bracketed" => bracketed(row, input, Together::Apart),
        "bracketed" | "api-bracketed" => bracketed(row, input, all),
        "ai-fnc1" => notation(row, input, Together::Apart),
        "api-data" => notation(row, input, all),
        "dl-uri" => link(row, input, Together::Apart),
        "scan" if text(row, "id").starts_with("health") => scan(row, input, all),
        "scan" => scan(row, input, Together::Apart),
        "api-scan" => scan(row, input, all),
        "association" => association(row, input),
        "dl-generate" => return Some(written(row, &link_of(row, input))),
        "scan-generate" => return Some(written(row, &scan_of(row, input))),
        _ => return None,
    };
    Some(compare(row, &answer))
}

fn rules(row: &Value) -> Rules {
    Rules {
        unknown_ais: if option(row, "permit_unknown_ais") {
            UnknownAis::Allowed
        } else {
            UnknownAis::Refused
        },
        ..Rules::default()
    }
}

fn link_rules(row: &Value) -> LinkRules {
    LinkRules {
        values: rules(row),
        short_gtins: if option(row, "permit_zero_suppressed_gtin_in_dl") || option(row, "zs_gtin") {
            ShortGtins::Padded
        } else {
            ShortGtins::Refused
        },
        unknown_attributes: unknown_attributes(row),
        ..LinkRules::default()
    }
}

fn unknown_attributes(row: &Value) -> UnknownAis {
    if is_off(row, "UNKNOWN_AI_NOT_DL_ATTR") {
        UnknownAis::Allowed
    } else {
        UnknownAis::Refused
    }
}

fn refusal(error: &Gs1Error) -> Refusal {
    Refusal {
        error: error.kind.code().to_owned(),
        linter: error.kind.linter_error().map(|linter| linter.code().to_owned()),
    }
}

fn listed(elements: &Elements<'_>) -> Vec<(String, String)> {
    elements
        .as_slice()
        .iter()
        .map(|element| (element.ai().to_string(), element.value().to_owned()))
        .collect()
}

fn checked(elements: &Elements<'_>, together: Together) -> Answer {
    match together {
        Together::Apart => Ok(()),
        Together::All { requisites: true } => elements.check_complete(),
        Together::All { requisites: false } => elements.check_together(),
    }
    .map_err(|error| refusal(&error))?;
    Ok(listed(elements))
}

fn spelled(string: Result<ElementString, Gs1Error>, together: Together) -> Answer {
    let string = string.map_err(|error| refusal(&error))?;
    let elements = string.elements().map_err(|error| refusal(&error))?;
    checked(&elements, together)
}

fn bracketed(row: &Value, input: &str, together: Together) -> Answer {
    // Two symbols on one item: the rules hold over both.
    let whole = input.replacen("|(", "(", 1);
    spelled(from_bracketed(&whole, rules(row)), together)
}

fn transmitted(row: &Value, data: &str, together: Together) -> Answer {
    let elements = parse(data, rules(row)).map_err(|error| refusal(&error))?;
    checked(&elements, together)
}

/// The engine's own notation, in which `^` is FNC1.
fn notation(row: &Value, input: &str, together: Together) -> Answer {
    if is_link(input) {
        return link(row, input, together);
    }
    let (primary, composite) = input
        .split_once("|^")
        .map_or((input, None), |(p, c)| (p, Some(c)));
    let elements = primary.strip_prefix('^');
    let whole = match (elements, composite) {
        (None, None) if together == Together::Apart => {
            return Err(Refusal::of("MISSING_FNC1_IN_FIRST_POSITION"));
        }
        (None, None) => return Ok(Vec::new()),
        // Digits of EAN or DataBar beside a composite are no elements.
        (None, Some(composite)) => composite.to_owned(),
        (Some(elements), None) => elements.to_owned(),
        (Some(elements), Some(composite)) => {
            // Each part must hold by itself before they are joined.
            transmitted(row, &elements.replace('^', "\u{1d}"), Together::Apart)?;
            format!("{elements}^{composite}")
        }
    };
    transmitted(row, &whole.replace('^', "\u{1d}"), together)
}

fn link(row: &Value, input: &str, together: Together) -> Answer {
    spelled(from_link(input, link_rules(row)), together)
}

fn scan(row: &Value, input: &str, together: Together) -> Answer {
    match read_scan(input).map_err(|error| refusal(&error))? {
        ScanData::ElementString(data)
        | ScanData::TradeItem {
            composite: Some(data),
            ..
        } => transmitted(row, data, together),
        ScanData::TradeItem { composite: None, .. } | ScanData::Text(_) => Ok(Vec::new()),
        ScanData::Link(uri) => link(row, uri, together),
    }
}

fn association(row: &Value, input: &str) -> Answer {
    let string = from_bracketed(input, rules(row)).map_err(|error| refusal(&error))?;
    let elements = string.elements().map_err(|error| refusal(&error))?;
    match text(row, "check") {
        "validateAIrepeats" => elements.check_repeats(),
        "validateAImutex" => elements.check_pairs(),
        "validateDigSigRequiresSerialisedKey" => elements.check_signed(),
        _ if elements.missing_association().is_some() => {
            return Err(Refusal::of("REQUIRED_AIS_NOT_SATISFIED"));
        }
        _ => Ok(()),
    }
    .map_err(|error| refusal(&error))?;
    Ok(listed(&elements))
}

fn link_of(row: &Value, input: &str) -> Result<String, Refusal> {
    let string = from_bracketed(input, rules(row)).map_err(|error| refusal(&error))?;
    let elements = string.elements().map_err(|error| refusal(&error))?;
    let pairs: Vec<_> = elements.as_slice().iter().map(|e| (e.ai(), e.value())).collect();
    to_link(&pairs, text(row, "stem"), unknown_attributes(row)).map_err(|error| refusal(&error))
}

fn scan_of(row: &Value, input: &str) -> Result<String, Refusal> {
    let kind = match text(row, "sym") {
        "QR" => Printed::QrCode,
        "DM" => Printed::DataMatrix,
        "DotCode" => Printed::DotCode,
        "GS1_128_CCA" | "GS1_128_CCC" => Printed::Gs1Code128,
        "DataBarExpanded" => Printed::DataBarExpanded,
        "DataBarOmni" | "DataBarTruncated" | "DataBarStacked" | "DataBarStackedOmni" => {
            Printed::DataBarOmnidirectional
        }
        "DataBarLimited" => Printed::DataBarLimited,
        "UPCA" => Printed::UpcA,
        "UPCE" => Printed::UpcE,
        "EAN13" => Printed::Ean13,
        "EAN8" => Printed::Ean8,
        _ => return Err(Refusal::of("UNSPECIFIED")),
    };
    let check = if option(row, "add_check_digit") {
        CheckDigit::Added
    } else {
        CheckDigit::Given
    };
    match to_scan(kind, input, check) {
        Ok(Some(transmission)) => Ok(transmission),
        Ok(None) => Err(Refusal::of("UNSPECIFIED")),
        Err(kind) => Err(Refusal::of(kind.code())),
    }
}

fn written(row: &Value, ours: &Result<String, Refusal>) -> Outcome {
    let agrees = match ours {
        Ok(out) => row["ok"] == Value::Bool(true) && out == text(row, "out"),
        Err(refusal) => row["ok"] == Value::Bool(false) && refusal.error == text(row, "error"),
    };
    if agrees {
        Outcome::Agrees
    } else {
        Outcome::Disagrees(format!("{ours:?}"))
    }
}
