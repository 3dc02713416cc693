//! One answer to "what is this code?", for tools and for people who hold a code that will not scan.

mod asked;
mod examined;
mod fault;
mod field;
mod lenient;
mod marked;
mod nothing;
mod strict;

pub use asked::AskedForm;
pub use examined::{Examined, examine};
pub use fault::Fault;
pub use field::Field;
pub use marked::Marked;

use jiff::civil::Date;
use serde::Serialize;

use super::gs1::{Associations, LinkRules};
use super::{CarrierWarning, Change, Reading, Symbology, WedgeProfile};
use crate::identity::{Agency, LabelDate, Lot, Serial};

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
    /// The kind of symbol, when the scanner tells it. For people; not written.
    #[serde(skip)]
    pub symbology: Option<Symbology>,
    /// The same in types, of a lenient reading. For people; not written.
    #[serde(skip)]
    pub reading: Option<Reading>,
    /// Every field in order. For people; not written.
    #[serde(skip)]
    pub fields: Vec<Field>,
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
    /// What a translation of it names. Not written.
    #[serde(skip)]
    pub details: Vec<(&'static str, String)>,
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
        Strictness::Strict(rules, associations) => strict::read(text, form, today, rules, associations),
        Strictness::Lenient => lenient::read(text, form, today, profile),
    };
    explained.unwrap_or_else(|error| Explanation {
        error: Some(error),
        ..Explanation::default()
    })
}

fn read_by(agency: Agency) -> Explanation {
    Explanation {
        ok: true,
        agency: Some(agency),
        ..Explanation::default()
    }
}

impl From<&CarrierWarning> for Remark {
    fn from(warning: &CarrierWarning) -> Self {
        let details = match warning {
            CarrierWarning::LostSeparator { ai, swallowed, .. }
            | CarrierWarning::AssumedSeparator { ai, swallowed } => {
                vec![("ai", ai.to_string()), ("swallowed", swallowed.to_string())]
            }
            CarrierWarning::AddOn { digits } => vec![("digits", digits.to_string())],
            CarrierWarning::BlankDate { ai } => vec![("ai", ai.to_string())],
            _ => Vec::new(),
        };
        Self {
            code: warning.code().to_owned(),
            message: warning.to_string(),
            details,
        }
    }
}

impl From<&Change> for Remark {
    fn from(change: &Change) -> Self {
        let details = match change {
            Change::SeparatorReplaced { stand_in, times } => {
                vec![("stand_in", stand_in.clone()), ("times", times.to_string())]
            }
            _ => Vec::new(),
        };
        Self {
            code: change.code().to_owned(),
            message: change.to_string(),
            details,
        }
    }
}
