//! `parse --jsonl`: one question a line in, one answer a line out, for tools and tests.

use std::io::{self, BufRead as _, Write as _};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sparhund_shared::carrier::gs1::{Associations, Form, LinkRules, Rules, ShortGtins, UnknownAis};
use sparhund_shared::carrier::{AskedForm, Explanation, Fault, Strictness, WedgeProfile, explain};

/// One line in.
#[derive(Debug, Deserialize)]
struct Question {
    /// Comes back with the answer.
    #[serde(default)]
    id: serde_json::Value,
    input: String,
    #[serde(default)]
    form: FormName,
    /// [`Options`], read by themselves: what is wrong with them is told by its own name.
    #[serde(default)]
    options: serde_json::Value,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FormName {
    #[default]
    Auto,
    Scan,
    Bracketed,
    Fnc1,
    DlUri,
    Hibc,
    Isbt128,
    Ifa,
}

/// Options as in the vector files.
#[derive(Debug, Default, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the files write them so")]
#[serde(default, deny_unknown_fields)]
struct Options {
    permit_unknown_ais: bool,
    permit_zero_suppressed_gtin_in_dl: bool,
    /// The same under the name that some files use.
    zs_gtin: bool,
    validations_off: Vec<String>,
    requisites_off: bool,
    /// The parse layer alone.
    associations_off: bool,
    /// For writing a symbol: nothing that is read depends on it.
    #[serde(rename = "add_check_digit")]
    _add_check_digit: bool,
}

/// The checks between elements that the engine lets be switched off, by its names.
const SWITCHABLE: [&str; 2] = ["REQUISITE_AIS", "UNKNOWN_AI_NOT_DL_ATTR"];

/// One line out.
#[derive(Debug, Serialize)]
struct Answer {
    id: serde_json::Value,
    #[serde(flatten)]
    explanation: Explanation,
}

/// Said once where options come without `--strict`.
const IGNORED: &str =
    "options are for --strict and are ignored: a scan in use is read with its own allowances";

/// Answers every line of standard input. A line that is no question is answered with what is wrong with it. Whoever waits
/// for an answer before the next question gets it; whoever closes the pipe has read enough.
pub fn run(strict: bool, today: Date) -> io::Result<()> {
    match answer_all(strict, today) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn answer_all(strict: bool, today: Date) -> io::Result<()> {
    let mut questions = io::BufReader::new(io::stdin().lock());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    let mut told = false;
    while questions.read_until(b'\n', &mut line)? > 0 {
        let question = line.trim_ascii();
        if !question.is_empty() {
            match serde_json::from_slice::<Question>(question) {
                Ok(question) => {
                    if !strict && !told && !question.options_are_none() {
                        told = true;
                        eprintln!("{IGNORED}");
                    }
                    serde_json::to_writer(&mut out, &answer(question, strict, today))?;
                }
                Err(error) => serde_json::to_writer(&mut out, &no_question(question, &error))?,
            }
            out.write_all(b"\n")?;
        }
        line.clear();
        if questions.buffer().is_empty() {
            out.flush()?;
        }
    }
    out.flush()
}

fn no_question(line: &[u8], error: &serde_json::Error) -> serde_json::Value {
    let told: Option<serde_json::Value> = serde_json::from_slice(line).ok();
    let id = told.as_ref().and_then(|told| told.get("id"));
    serde_json::json!({ "id": id, "ok": false, "error": {
        "code": "NO_QUESTION",
        "message": format!("this line is no question ({error}): write {{\"id\": …, \"input\": \"…\"}}"),
    }})
}

fn answer(question: Question, strict: bool, today: Date) -> Answer {
    let form = question.form.into();
    let explanation = match Options::read(&question.options) {
        Err(message) => refused(message),
        Ok(options) => {
            let strictness = if strict {
                Strictness::Strict(options.rules(), options.associations())
            } else {
                Strictness::Lenient
            };
            explain(&question.input, form, today, &WedgeProfile::default(), strictness)
        }
    };
    Answer {
        id: question.id,
        explanation,
    }
}

fn refused(message: String) -> Explanation {
    Explanation {
        error: Some(Fault {
            code: "INVALID_OPTION".to_owned(),
            linter: None,
            ai: None,
            at: None,
            message,
            marked: None,
        }),
        ..Explanation::default()
    }
}

impl Question {
    fn options_are_none(&self) -> bool {
        match &self.options {
            serde_json::Value::Null => true,
            options => options.as_object().is_some_and(serde_json::Map::is_empty),
        }
    }
}

impl From<FormName> for AskedForm {
    fn from(name: FormName) -> Self {
        match name {
            FormName::Auto => Self::Auto,
            FormName::Scan => Self::Gs1(Form::Scan),
            FormName::Bracketed => Self::Gs1(Form::Bracketed),
            FormName::Fnc1 => Self::Gs1(Form::Fnc1),
            FormName::DlUri => Self::Gs1(Form::Link),
            FormName::Hibc => Self::Hibc,
            FormName::Isbt128 => Self::Isbt128,
            FormName::Ifa => Self::Ifa,
        }
    }
}

impl Options {
    /// The options of a question; what is wrong with them otherwise.
    fn read(options: &serde_json::Value) -> Result<Self, String> {
        if options.is_null() {
            return Ok(Self::default());
        }
        let read = Self::deserialize(options).map_err(|error| format!("options: {error}"))?;
        let unknown = read
            .validations_off
            .iter()
            .find(|name| !SWITCHABLE.contains(&name.as_str()));
        match unknown {
            Some(name) => Err(format!(
                "options: validations_off holds {name:?}: only {} can be switched off",
                SWITCHABLE.join(" and ")
            )),
            None => Ok(read),
        }
    }

    fn is_off(&self, check: &str) -> bool {
        self.validations_off.iter().any(|name| name == check)
    }

    fn rules(&self) -> LinkRules {
        let allowed = |on| {
            if on {
                UnknownAis::Allowed
            } else {
                UnknownAis::Refused
            }
        };
        LinkRules {
            values: Rules {
                unknown_ais: allowed(self.permit_unknown_ais),
                ..Rules::default()
            },
            short_gtins: if self.permit_zero_suppressed_gtin_in_dl || self.zs_gtin {
                ShortGtins::Padded
            } else {
                ShortGtins::Refused
            },
            unknown_attributes: allowed(self.is_off("UNKNOWN_AI_NOT_DL_ATTR")),
            ..LinkRules::default()
        }
    }

    fn associations(&self) -> Associations {
        if self.associations_off {
            Associations::Unchecked
        } else if self.requisites_off || self.is_off("REQUISITE_AIS") {
            Associations::WithinSymbol
        } else {
            Associations::Complete
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::answer;

    fn asked(question: Value, strict: bool) -> Value {
        let question = serde_json::from_value(question).expect("a question");
        serde_json::to_value(answer(question, strict, date(2026, 11, 22))).expect("an answer")
    }

    #[test]
    fn a_label_is_told_field_by_field() {
        let said = asked(
            json!({"id": 7, "input": "]d201073206980498821728013110A/1\u{1d}21S"}),
            false,
        );
        assert_eq!(said["error"]["code"], "AI_LINTER_ERROR", "{said}");
        let said = asked(
            json!({"id": 7, "input": "]d2010703206980498817280131\u{1d}\u{1d}10A/1\u{1d}21S"}),
            false,
        );
        assert_eq!(
            said,
            json!({
                "id": 7, "ok": true, "agency": "GS1", "di": "07032069804988", "lot": "A/1", "serial": "S",
                "expiry": "2028-01-31",
                "elements": [["01", "07032069804988"], ["17", "280131"], ["10", "A/1"], ["21", "S"]],
                "warnings": [{
                    "code": "REPEATED_SEPARATOR",
                    "message": "separators in a row were taken for one",
                }],
            })
        );
    }

    #[test]
    fn strict_names_error_linter_and_place() {
        let question = json!({"id": "x", "input": "^0112312312312334", "form": "fnc1"});
        let said = asked(question, true);
        assert_eq!(said["ok"], false);
        let error = &said["error"];
        assert_eq!(
            (&error["code"], &error["linter"], &error["ai"], &error["at"]),
            (
                &json!("AI_LINTER_ERROR"),
                &json!("INCORRECT_CHECK_DIGIT"),
                &json!("01"),
                &json!(16)
            )
        );
    }

    #[test]
    fn rules_between_elements_can_be_left_out() {
        let alone =
            |options: Value| json!({"id": 1, "input": "(10)A", "form": "bracketed", "options": options});
        assert_eq!(
            asked(alone(json!({})), true)["error"]["code"],
            "REQUIRED_AIS_NOT_SATISFIED"
        );
        assert_eq!(asked(alone(json!({"associations_off": true})), true)["ok"], true);
    }

    #[test]
    fn an_option_that_is_none_is_an_error_of_its_row() {
        let with = |options: Value| json!({"id": 4, "input": "]d20107032069804988", "options": options});
        for options in [
            json!({"permit_unknown_ai": true}),
            json!({"permit_unknown_ais": "yes"}),
            json!({"validations_off": ["MUTEX_AIS"]}),
            json!({"validations_off": "REQUISITE_AIS"}),
            json!(7),
        ] {
            for strict in [false, true] {
                let said = asked(with(options.clone()), strict);
                assert_eq!(
                    (&said["id"], &said["ok"], &said["error"]["code"]),
                    (&json!(4), &json!(false), &json!("INVALID_OPTION")),
                    "{options}: {said}"
                );
            }
        }
        for options in [
            json!(null),
            json!({}),
            json!({"add_check_digit": true}),
            json!({"zs_gtin": true, "requisites_off": true, "validations_off": ["REQUISITE_AIS"]}),
        ] {
            assert_eq!(asked(with(options.clone()), true)["ok"], true, "{options}");
        }
    }

    #[test]
    fn other_agencies_answer_in_the_same_fields() {
        let said = asked(
            json!({"id": 1, "input": "+A99912345/$$52001510X3/16D20111212/S77DEFG457"}),
            true,
        );
        assert_eq!(
            (
                &said["agency"],
                &said["di"],
                &said["lot"],
                &said["serial"],
                &said["expiry"]
            ),
            (
                &json!("HIBCC"),
                &json!("A99912345"),
                &json!("10X3"),
                &json!("77DEFG45"),
                &json!("2020-01-15")
            ),
            "{said}"
        );
        assert_eq!(said["production"], "2011-12-12");
    }
}
