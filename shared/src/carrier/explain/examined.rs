//! Both answers about a code that somebody holds.

use jiff::civil::Date;

use super::{AskedForm, Explanation, Strictness, explain};
use crate::carrier::gs1::{Associations, Form, LinkRules};
use crate::carrier::{CarrierWarning, ScanError, Symbology, WedgeProfile, normalise};

/// What a code says, and what the specifications say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// As a scan in use is read, with all that was forgiven.
    pub reading: Explanation,
    /// The verdict of the specifications on the label: none where a scanner is at fault, nor where a code that cannot be
    /// read is allowed to hold any text.
    pub verdict: Option<Explanation>,
}

impl Examined {
    fn new(reading: Explanation, verdict: Explanation) -> Self {
        let fault = reading.error.as_ref();
        let mut oddities = reading.warnings.iter().map(|remark| remark.code.as_str());
        let twelve = CarrierWarning::TwelveDigitEan.code();
        let of_the_scanner = fault.is_some_and(|fault| fault.code == ScanError::KeyboardLayout.code())
            || oddities.any(|code| code == twelve);
        let of_any_text = fault.is_some() && verdict.ok;
        Self {
            verdict: (!of_the_scanner && !of_any_text).then_some(verdict),
            reading,
        }
    }
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
        return Examined::new(reading, verdict);
    }
    let normal = normalise(text.as_bytes(), profile);
    let data = String::from_utf8_lossy(&normal.data);
    let identifier = |symbology: Symbology| String::from_utf8_lossy(&symbology.identifier()).into_owned();
    let of_gs1 = AskedForm::by_its_head(&data) == AskedForm::Gs1(Form::Scan);
    let of_its_digits = || Explanation {
        warnings: Vec::new(),
        ..reading.clone()
    };
    let verdict = match normal.symbology {
        // ITF-14 of GS1 (General Specifications 5.3) says nothing of being one.
        Some(Symbology::Itf | Symbology::ItfChecked) if data.len() == 14 && is_number(&reading) => {
            of_its_digits()
        }
        // The engine knows no add-on.
        Some(Symbology::Ean13AddOn) if is_number(&reading) => of_its_digits(),
        Some(symbology) if of_gs1 => strictly(&(identifier(symbology) + &data)),
        None if of_gs1 && is_number(&reading) => of_its_digits(),
        // Nobody types the identifier of a symbol: the data are judged as those of one of GS1.
        None if of_gs1 => strictly(&(identifier(Symbology::Gs1DataMatrix) + &data)),
        // Blanks at the end of an HIBC code belong to it where it holds with them.
        _ => [Some(&*data), data.strip_suffix(' '), data.strip_suffix("  ")]
            .into_iter()
            .flatten()
            .map(strictly)
            .find(|verdict| verdict.ok)
            .unwrap_or_else(|| strictly(data.trim_end_matches(' '))),
    };
    Examined::new(reading, verdict)
}

/// Whether the code was read as a number alone, whose digits are all that can be judged.
fn is_number(reading: &Explanation) -> bool {
    reading.elements.is_empty()
        && reading
            .error
            .as_ref()
            .is_none_or(|fault| matches!(fault.code.as_str(), "INCORRECT_CHECK_DIGIT" | "SCAN_WRONG_NUMBER"))
}
