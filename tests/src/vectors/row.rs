//! One row of a vector file, and how an answer is held against it.

use serde_json::Value;

/// What a reader says of an input: its elements, or the name of the error with the name of the content error, if any.
pub type Answer = Result<Vec<(String, String)>, Refusal>;

/// Why a reader refuses an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Name of the error.
    pub error: String,
    /// Name of the content error behind `AI_LINTER_ERROR`.
    pub linter: Option<String>,
}

impl Refusal {
    /// A refusal by its name alone.
    pub fn of(error: &str) -> Self {
        Self {
            error: error.to_owned(),
            linter: None,
        }
    }
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Verdict, elements and error are those of the row.
    Agrees,
    /// They are not; our answer in words.
    Disagrees(String),
    /// They are not, and we hold the row to be at fault, for this reason.
    RowAtFault(&'static str),
}

/// Text of a field, empty where it is not there.
pub fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// Whether an option of the row is on.
pub fn option(row: &Value, key: &str) -> bool {
    row["options"][key] == Value::Bool(true)
}

/// Whether a check of the engine is switched off in the row.
pub fn is_off(row: &Value, check: &str) -> bool {
    row["options"]["validations_off"]
        .as_array()
        .is_some_and(|off| off.iter().any(|name| name == check))
}

/// Pairs of identifier and value under a key; a third member, such as a date, is left out.
pub fn pairs(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    value
        .as_array()
        .map(|pairs| {
            pairs
                .iter()
                .map(|pair| (text(&pair[0]), text(&pair[1])))
                .collect()
        })
        .unwrap_or_default()
}

/// Holds an answer against the row's own.
pub fn compare(row: &Value, ours: &Answer) -> Outcome {
    let ok = row["ok"] == Value::Bool(true);
    let agrees = match ours {
        Ok(elements) => ok && *elements == pairs(&row["ais"]),
        Err(refusal) => !ok && same_refusal(row, refusal),
    };
    if agrees {
        Outcome::Agrees
    } else {
        Outcome::Disagrees(format!("{ours:?}"))
    }
}

fn same_refusal(row: &Value, ours: &Refusal) -> bool {
    let (error, linter) = (text(row, "error"), text(row, "linter_error"));
    match error {
        // The log had no name for an identifier that begins with a control character.
        "UNKNOWN" => ours.error == "NO_AI_FOR_PREFIX",
        "AI_LINTER_ERROR" if linter.is_empty() => {
            ours.error == error
                && ours
                    .linter
                    .as_deref()
                    .is_some_and(|l| is_in(l, text(row, "message")))
        }
        _ => ours.error == error && (linter.is_empty() || ours.linter.as_deref() == Some(linter)),
    }
}

/// Rows without the name of the content error tell it in a sentence.
fn is_in(linter: &str, message: &str) -> bool {
    let words = match linter {
        "NON_DIGIT_CHARACTER" => "non-digit character",
        "INVALID_CSET82_CHARACTER" => "non-CSET 82 character",
        "INCORRECT_CHECK_DIGIT" => "numeric check digit is incorrect",
        "ILLEGAL_MONTH" => "illegal month",
        "ILLEGAL_DAY" => "illegal day",
        other => return message.contains(other),
    };
    message.contains(words)
}
