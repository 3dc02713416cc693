//! The verdict of the GS1 Barcode Syntax Engine on one text, in whichever of GS1's forms it stands.
//!
//! For tools and tests. A scan in use is [identified](crate::carrier::identify), which forgives what scanners do.

use super::ai::Ai;
use super::bracketed::from_bracketed;
use super::element::{Elements, parse};
use super::error::{Gs1Error, Gs1ErrorKind};
use super::link::{LinkRules, from_link, is_link};
use super::scan::{ScanData, read_scan};
use super::spelled::ElementString;

/// The forms in which GS1 writes elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What a scanner transmits, with its symbology identifier.
    Scan,
    /// `(01)…(10)…`; a second symbol on the item follows `|`.
    Bracketed,
    /// `^01…^10…`, the engine's own notation; the second part of a composite follows `|^`.
    Fnc1,
    /// A Digital Link URI.
    Link,
}

/// Which rules between elements are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Associations {
    /// None: each value by itself.
    Unchecked,
    /// Those that one symbol can break by itself.
    WithinSymbol,
    /// All: the text is everything that stands on the item.
    #[default]
    Complete,
}

/// Elements with their values, owned.
pub type Listed = Vec<(Ai, String)>;

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// An element string.
    Elements(Listed),
    /// EAN, UPC or DataBar: digits, and the elements of the composite's second part.
    TradeItem {
        /// The digits.
        digits: String,
        /// Elements beside them.
        elements: Listed,
    },
    /// No GS1 data, which a symbol may hold too.
    Text,
}

impl Held {
    /// The elements alone.
    pub fn into_elements(self) -> Listed {
        match self {
            Self::Elements(elements) | Self::TradeItem { elements, .. } => elements,
            Self::Text => Listed::new(),
        }
    }
}

/// Reads a text strictly. EAN and UPC have no elements; their digits are checked.
///
/// Positions count bytes from 1: of the element string where a symbol holds one, without symbology identifier; else of the
/// text as given, a web address without symbology identifier.
pub fn read_strictly(
    form: Form,
    text: &str,
    rules: LinkRules,
    associations: Associations,
) -> Result<Held, Gs1Error> {
    let reader = Reader { rules, associations };
    match form {
        Form::Scan => reader.scan(text),
        // Of two symbols on one item too: the rules hold over both.
        Form::Bracketed => reader
            .spelled(&from_bracketed(text, rules.values)?)
            .map(Held::Elements),
        Form::Fnc1 => reader.notation(text),
        Form::Link => reader.link(text),
    }
}

#[derive(Clone, Copy)]
struct Reader {
    rules: LinkRules,
    associations: Associations,
}

impl Reader {
    fn checked(self, elements: &Elements<'_>) -> Result<Listed, Gs1Error> {
        match self.associations {
            Associations::Unchecked => {}
            Associations::WithinSymbol => elements.check_together()?,
            Associations::Complete => elements.check_complete()?,
        }
        let listed = elements.as_slice().iter();
        Ok(listed.map(|e| (e.ai(), e.value().to_owned())).collect())
    }

    fn spelled(self, string: &ElementString) -> Result<Listed, Gs1Error> {
        self.checked(&string.elements()?)
    }

    fn transmitted(self, data: &str) -> Result<Listed, Gs1Error> {
        self.checked(&parse(data, self.rules.values)?)
    }

    fn link(self, text: &str) -> Result<Held, Gs1Error> {
        self.spelled(&from_link(text, self.rules)?).map(Held::Elements)
    }

    fn trade_item(self, digits: &str, composite: Option<&str>) -> Result<Held, Gs1Error> {
        Ok(Held::TradeItem {
            digits: digits.to_owned(),
            elements: composite
                .map(|data| self.transmitted(data))
                .transpose()?
                .unwrap_or_default(),
        })
    }

    fn scan(self, text: &str) -> Result<Held, Gs1Error> {
        match read_scan(text)? {
            ScanData::ElementString(data) => self.transmitted(data).map(Held::Elements),
            ScanData::TradeItem { digits, composite } => self.trade_item(digits, composite),
            ScanData::Text(_) => Ok(Held::Text),
            ScanData::Link(uri) => self.link(uri),
        }
    }

    fn notation(self, text: &str) -> Result<Held, Gs1Error> {
        if is_link(text) {
            return self.link(text);
        }
        let as_sent = |text: &str| text.replace('^', "\u{1d}");
        let (primary, composite) = text
            .split_once("|^")
            .map_or((text, None), |(primary, composite)| (primary, Some(composite)));
        match (primary.strip_prefix('^'), composite) {
            (None, None) if self.associations == Associations::Unchecked => Err(Gs1Error {
                ai: None,
                position: 1,
                kind: Gs1ErrorKind::MissingFnc1InFirstPosition,
            }),
            (None, None) => Ok(Held::Text),
            // Digits of EAN or DataBar beside a composite are no elements.
            (None, Some(composite)) => self.trade_item(primary, Some(&as_sent(composite))),
            (Some(elements), None) => self.transmitted(&as_sent(elements)).map(Held::Elements),
            (Some(elements), Some(composite)) => {
                // Each part must hold by itself before they are joined.
                parse(&as_sent(elements), self.rules.values)?;
                self.transmitted(&as_sent(&format!("{elements}^{composite}")))
                    .map(Held::Elements)
            }
        }
    }
}
