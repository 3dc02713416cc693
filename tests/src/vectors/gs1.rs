//! Rows labelled by the GS1 Barcode Syntax Engine.

use serde_json::Value;
use sparhund_shared::carrier::gs1::{
    Associations, CheckDigit, Elements, Form, Gs1Error, LinkRules, Printed, Rules, ShortGtins, UnknownAis,
    from_bracketed, read_strictly, to_link, to_scan,
};

use super::row::{Answer, Outcome, Refusal, compare, is_off, option, text};

/// Runs a row; `None` for kinds that are not the engine's.
pub fn run(row: &Value) -> Option<Outcome> {
    let input = text(row, "input");
    let all = if is_off(row, "REQUISITE_AIS") || option(row, "requisites_off") {
        Associations::WithinSymbol
    } else {
        Associations::Complete
    };
    let apart = Associations::Unchecked;
    let health = text(row, "id").starts_with("health");
    let (form, associations) = match text(row, "kind") {
        "ai-bracketed" => (Form::Bracketed, apart),
        "bracketed" | "api-bracketed" => (Form::Bracketed, all),
        "ai-fnc1" => (Form::Fnc1, apart),
        "api-data" => (Form::Fnc1, all),
        "dl-uri" => (Form::Link, apart),
        "scan" if !health => (Form::Scan, apart),
        "scan" | "api-scan" => (Form::Scan, all),
        "association" => return Some(compare(row, &association(row, input))),
        "dl-generate" => return Some(written(row, &link_of(row, input))),
        "scan-generate" => return Some(written(row, &scan_of(row, input))),
        _ => return None,
    };
    let answer = read_strictly(form, input, link_rules(row), associations)
        .map(|held| {
            held.into_elements()
                .into_iter()
                .map(|(ai, value)| (ai.to_string(), value))
                .collect()
        })
        .map_err(|error| refusal(&error));
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
