//! Whose form a text stands in.

use crate::carrier::Symbology;
use crate::carrier::gs1::{Form, is_link};
use crate::identity::{Agency, Gtin};

/// In which form the text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AskedForm {
    /// Decided by the text itself.
    #[default]
    Auto,
    /// One of the forms of GS1.
    Gs1(Form),
    /// HIBC.
    Hibc,
    /// ISBT 128.
    Isbt128,
    /// IFA.
    Ifa,
}

impl AskedForm {
    /// By whose rules a text of this form is built, where that is asked.
    pub(super) fn agency(self) -> Option<Agency> {
        match self {
            Self::Auto => None,
            Self::Gs1(_) => Some(Agency::Gs1),
            Self::Hibc => Some(Agency::Hibcc),
            Self::Isbt128 => Some(Agency::Iccbba),
            Self::Ifa => Some(Agency::Ifa),
        }
    }

    /// Whose form a text has, by its first characters; the agency's own parser gives the verdict.
    pub(super) fn by_its_head(text: &str) -> Self {
        let (_, data) = Symbology::split(text.as_bytes());
        match data {
            [b'+' | b'*', ..] => Self::Hibc,
            [b'=' | b'&', ..] => Self::Isbt128,
            [b'[', b')', b'>', ..] | [b'.', ..] => Self::Ifa,
            [b'(', mark @ ..] => {
                let end = mark.iter().position(|byte| *byte == b')').unwrap_or_default();
                let letter = end.checked_sub(1).and_then(|at| mark.get(at));
                if letter.is_some_and(u8::is_ascii_alphabetic) {
                    Self::Ifa
                } else {
                    Self::Gs1(Form::Bracketed)
                }
            }
            _ if text.starts_with('^') || is_composite_in_notation(text) => Self::Gs1(Form::Fnc1),
            _ if is_link(text) => Self::Gs1(Form::Link),
            _ => Self::Gs1(Form::Scan),
        }
    }
}

/// Whether the text is a composite in the notation of the GS1 Barcode Syntax Engine, which no scanner sends: elements or
/// digits, `|^`, and the elements of its second part.
pub(super) fn is_composite_in_notation(text: &str) -> bool {
    text.split_once("|^").is_some_and(|(first, _)| {
        first.starts_with('^') || (!first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// What a scanner sends for the notation of the GS1 Barcode Syntax Engine: `^` for FNC1, `|^` before the second part of
/// a composite. A text in another form is left as it is.
pub(super) fn sent_for_notation(text: &str) -> String {
    let as_sent = |elements: &str| elements.replace('^', "\u{1d}");
    match (text.strip_prefix('^'), text.split_once("|^")) {
        (Some(elements), _) => format!("]d2{}", as_sent(&elements.replacen("|^", "^", 1))),
        (None, Some((digits, composite))) => match digits.parse::<Gtin>() {
            Ok(gtin) => format!("]e001{gtin}{}", as_sent(composite)),
            // As the symbol that has so many digits, which says what is wrong with them.
            Err(_) if is_composite_in_notation(text) => match digits.len() {
                8 => format!("]E4{digits}|]e0{}", as_sent(composite)),
                14 => format!("]e001{digits}{}", as_sent(composite)),
                _ => format!("]E0{digits}|]e0{}", as_sent(composite)),
            },
            Err(_) => text.to_owned(),
        },
        (None, None) => text.to_owned(),
    }
}
