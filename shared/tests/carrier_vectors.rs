//! The strict parser against the GS1 Barcode Syntax Engine: the same strings, the same answers.
//!
//! The vectors lie beside the repository. Rows that need an identifier outside our table are counted as skipped.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sparhund_shared::carrier::Symbology;
use sparhund_shared::carrier::gs1::{BlankDates, Gs1Error, Gs1ErrorKind, parse, to_element_string};

/// The elements, or the name of the error.
type Answer = Result<Vec<(String, String)>, String>;

fn vectors() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    if folder.is_dir() {
        return Some(folder);
    }
    // Straight to the terminal: what a passing test prints is not shown.
    let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
    None
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    ElementString,
    Bracketed,
}

use Form::{Bracketed, ElementString};

/// A string as we parse it, with the rules between identifiers that its row was labelled with.
struct Case {
    form: Form,
    input: String,
    repeats: bool,
    pairs: bool,
    requisites: bool,
}

/// What a row asks of us, or why it is not for this test.
fn case(row: &Value) -> Result<Case, &'static str> {
    let input = text(row, "input");
    if input.contains("|]e0") || input.contains("|^") || input.contains("|(") {
        return Err("two symbols in one string");
    }
    let off = row["options"]["requisites_off"] == Value::Bool(true)
        || row["options"]["validations_off"]
            .as_array()
            .is_some_and(|off| off.iter().any(|n| n == "REQUISITE_AIS"));
    let all = |form, input: &str| {
        Ok(Case {
            form,
            input: input.into(),
            repeats: true,
            pairs: true,
            requisites: !off,
        })
    };
    let alone = |form, input: &str| {
        Ok(Case {
            form,
            input: input.into(),
            repeats: false,
            pairs: false,
            requisites: false,
        })
    };
    let own = text(row, "id").starts_with("health");
    match text(row, "kind") {
        "bracketed" | "api-bracketed" => all(Bracketed, input),
        "ai-bracketed" => alone(Bracketed, input),
        // The caret is the engine's own notation for FNC1.
        "ai-fnc1" | "api-data" => {
            let data = input
                .strip_prefix('^')
                .ok_or("not an element string")?
                .replace('^', "\u{1d}");
            if text(row, "kind") == "api-data" {
                all(ElementString, &data)
            } else {
                alone(ElementString, &data)
            }
        }
        "association" => match text(row, "check") {
            "validateAIrepeats" => Ok(Case {
                repeats: true,
                ..alone(Bracketed, input)?
            }),
            "validateAImutex" => Ok(Case {
                pairs: true,
                ..alone(Bracketed, input)?
            }),
            "validateAIrequisites" => Ok(Case {
                requisites: true,
                ..alone(Bracketed, input)?
            }),
            _ => Err("a rule that no identifier in our table has"),
        },
        "scan" | "api-scan" => match Symbology::split(input.as_bytes()) {
            (Some(symbology), rest) if symbology.is_gs1_element_string() => {
                let data = std::str::from_utf8(rest).expect("a text");
                if own || text(row, "kind") == "api-scan" {
                    all(ElementString, data)
                } else {
                    alone(ElementString, data)
                }
            }
            (None, _) => Err("the engine wants a symbology identifier, we do not"),
            _ => Err("not an element string"),
        },
        _ => Err("another kind of row"),
    }
}

fn name(error: &Gs1Error) -> String {
    error
        .kind
        .linter_error()
        .map_or(error.kind.code(), |linter| linter.code())
        .to_owned()
}

/// Our answer; with an unknown identifier also what stands in its place.
fn ours(case: &Case) -> (Answer, Option<String>) {
    let data = match (case.form == Bracketed)
        .then(|| to_element_string(&case.input))
        .transpose()
    {
        Ok(converted) => converted.unwrap_or_else(|| case.input.clone()),
        Err(error) => {
            let rest = case.input.get(error.position - 1..).unwrap_or_default();
            let inside = rest.split(')').next().unwrap_or_default().to_owned();
            return (
                Err(name(&error)),
                (error.kind == Gs1ErrorKind::AiUnrecognised).then_some(inside),
            );
        }
    };
    let elements = match parse(&data, BlankDates::Refused) {
        Ok(elements) => elements,
        Err(error) => {
            let unknown = matches!(error.kind, Gs1ErrorKind::NoAiForPrefix { .. });
            let head = data.get(error.position - 1..).unwrap_or_default().to_owned();
            return (Err(name(&error)), unknown.then_some(head));
        }
    };
    if let Err(error) = elements.check_together() {
        let asked = match error.kind {
            Gs1ErrorKind::InstancesOfAiHaveDifferentValues => case.repeats,
            _ => case.pairs,
        };
        if asked {
            return (Err(name(&error)), None);
        }
    }
    if case.requisites && elements.missing_association().is_some() {
        return (Err("REQUIRED_AIS_NOT_SATISFIED".into()), None);
    }
    (
        Ok(elements
            .as_slice()
            .iter()
            .map(|e| (e.ai().to_string(), e.value().to_owned()))
            .collect()),
        None,
    )
}

fn theirs(row: &Value) -> Answer {
    if row["ok"] == Value::Bool(true) {
        let pair = |ai: &Value| {
            (
                ai[0].as_str().unwrap_or("").into(),
                ai[1].as_str().unwrap_or("").into(),
            )
        };
        return Ok(row["ais"]
            .as_array()
            .map(|ais| ais.iter().map(pair).collect())
            .unwrap_or_default());
    }
    let linter = text(row, "linter_error");
    Err(if linter.is_empty() {
        text(row, "error")
    } else {
        linter
    }
    .to_owned())
}

/// Whether the two agree. Our own health-care rows say that a content is wrong in a sentence, not by name.
fn agree(ours: &Answer, theirs: &Answer, row: &Value) -> bool {
    match (ours, theirs) {
        (Err(ours), Err(theirs)) if theirs == "AI_LINTER_ERROR" => {
            let message = text(row, "message");
            let sentence = match ours.as_str() {
                "NON_DIGIT_CHARACTER" => "A non-digit character",
                "INVALID_CSET82_CHARACTER" => "A non-CSET 82 character",
                "INCORRECT_CHECK_DIGIT" => "The numeric check digit is incorrect",
                "ILLEGAL_MONTH" => "illegal month",
                "ILLEGAL_DAY" => "illegal day",
                other => other,
            };
            message.contains(sentence)
        }
        // The log has no name for an identifier that begins with CR.
        (Err(ours), Err(theirs)) if theirs == "UNKNOWN" => ours == "NO_AI_FOR_PREFIX",
        (ours, theirs) => ours == theirs,
    }
}

/// Identifiers of the whole GS1 dictionary, ranges written out.
fn dictionary(folder: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(folder.join("gs1-syntax-dictionary.txt")).expect("the dictionary");
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let range = |span: String| {
        let (low, high) = span.split_once('-').unwrap_or((&span, &span));
        let bounds = low.parse::<u16>().ok().zip(high.parse::<u16>().ok());
        let width = low.len();
        bounds
            .into_iter()
            .flat_map(|(low, high)| low..=high)
            .map(|ai| format!("{ai:0width$}"))
            .collect::<Vec<_>>()
    };
    lines
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(first)
        .flat_map(range)
        .collect()
}

fn run(file: &str, at_least: usize) {
    let Some(folder) = vectors() else { return };
    let dictionary = dictionary(&folder);
    assert_eq!(dictionary.len(), 541, "the dictionary was read in full");
    let rows = std::fs::read_to_string(folder.join(file)).expect("the vectors");
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut accepted, mut refused) = (0, 0);
    let mut disagreements = Vec::new();
    for line in rows.lines() {
        let row: Value = serde_json::from_str(line).expect("a JSON row");
        let case = match case(&row) {
            Ok(case) => case,
            Err(why) => {
                *skipped.entry(why).or_default() += 1;
                continue;
            }
        };
        let (ours, unknown) = ours(&case);
        let permitted = row["options"]["permit_unknown_ais"] == Value::Bool(true);
        let beyond = unknown
            .is_some_and(|head| permitted || dictionary.iter().any(|ai| head.starts_with(ai.as_str())));
        if beyond {
            *skipped.entry("identifiers outside our table").or_default() += 1;
        } else if agree(&ours, &theirs(&row), &row) {
            if ours.is_ok() { accepted += 1 } else { refused += 1 }
        } else {
            disagreements.push(format!("{row}\n  ours {ours:?}"));
        }
    }
    println!("{file}: agreed on {accepted} accepted and {refused} refused; skipped {skipped:#?}");
    assert!(
        disagreements.is_empty(),
        "{} disagree:\n{}",
        disagreements.len(),
        disagreements.join("\n")
    );
    assert!(
        accepted + refused >= at_least,
        "too few rows were run for this test to mean something"
    );
}

#[test]
fn health_care_inputs() {
    run("gs1-health.jsonl", 400);
}

#[test]
fn inputs_of_the_engine() {
    run("gs1.jsonl", 150);
}
