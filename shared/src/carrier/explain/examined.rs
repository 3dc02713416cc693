//! Both answers about a code that somebody holds.

use jiff::civil::Date;

use super::{AskedForm, Explanation, Strictness, explain};
use crate::carrier::gs1::{Associations, Form, LinkRules};
use crate::carrier::{Symbology, WedgeProfile, normalise};

/// What a code says, and what the specifications say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// As a scan in use is read, with all that was forgiven.
    pub reading: Explanation,
    /// The verdict of the specifications on the data that were read, so on the label and not on the scanner.
    pub verdict: Explanation,
}

/// Reads a code leniently and judges it strictly.
pub fn examine(text: &str, today: Date, profile: &WedgeProfile) -> Examined {
    let strictly = |text: &str| {
        let all = Strictness::Strict(LinkRules::default(), Associations::Complete);
        explain(text, AskedForm::Auto, today, profile, all)
    };
    let reading = explain(text, AskedForm::Auto, today, profile, Strictness::Lenient);
    if reading
        .error
        .as_ref()
        .is_some_and(|fault| fault.code == "SCAN_TOO_LONG")
    {
        // No symbol holds so much, whatever it is.
        let verdict = reading.clone();
        return Examined { reading, verdict };
    }
    let normal = normalise(text.as_bytes(), profile);
    let data = String::from_utf8_lossy(&normal.data);
    let identifier = |symbology: Symbology| String::from_utf8_lossy(&symbology.identifier()).into_owned();
    let of_gs1 = AskedForm::by_its_head(&data) == AskedForm::Gs1(Form::Scan);
    let verdict = match normal.symbology {
        Some(symbology) if of_gs1 => strictly(&(identifier(symbology) + &data)),
        None if of_gs1 && is_number(&reading) => Explanation {
            warnings: Vec::new(),
            ..reading.clone()
        },
        // Nobody types the identifier of a symbol: the data are judged as those of one of GS1.
        None if of_gs1 => strictly(&(identifier(Symbology::Gs1DataMatrix) + &data)),
        _ => strictly(&data),
    };
    Examined { reading, verdict }
}

/// Whether the code was read as a number alone, whose digits are all that can be judged.
fn is_number(reading: &Explanation) -> bool {
    reading.elements.is_empty()
        && reading
            .error
            .as_ref()
            .is_none_or(|fault| matches!(fault.code.as_str(), "INCORRECT_CHECK_DIGIT" | "SCAN_WRONG_NUMBER"))
}
