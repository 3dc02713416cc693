//! The bracketed form `(01)07312345678909(10)AB1`, as printed beside the code and typed by people.

use core::fmt::Write as _;

use super::ai::{Ai, digits_after};
use super::element::{Rules, UnknownAis};
use super::error::{Gs1Error, Gs1ErrorKind};
use super::spelled::{ElementString, Escape, Given, check_content, check_length};

/// Rewrites the bracketed form as the element string a scanner would send, to be [parsed](super::parse).
///
/// A `(` inside a value is written `\(`. Lengths are checked here, because only the brackets tell where a value
/// ends; its content is checked by the parser. A second symbol on the item follows `|`. Positions count bytes of `text`
/// from 1.
pub fn to_element_string(text: &str) -> Result<String, Gs1Error> {
    from_bracketed(text, Rules::default()).map(Into::into)
}

/// Reads the bracketed form. Lengths are checked here, content by [`ElementString::elements`].
pub fn from_bracketed(text: &str, rules: impl Into<Rules>) -> Result<ElementString, Gs1Error> {
    let rules = rules.into();
    let mut out = ElementString::new(rules, text.len());
    let mut at = 0;
    let mut second_symbol = false;
    let fail = |ai, at: usize, kind| Gs1Error {
        ai,
        position: at + 1,
        kind,
    };
    while at < text.len() || at == 0 {
        let rest = text.get(at..).unwrap_or_default();
        let inside = rest
            .strip_prefix('(')
            .ok_or_else(|| fail(None, at, Gs1ErrorKind::AiParseFailed))?;
        let (ai_text, after) = inside
            .split_once(')')
            .ok_or_else(|| fail(None, at, Gs1ErrorKind::AiParseFailed))?;
        let (ai, row) = known(ai_text, rules)
            .and_then(|ai| Some((ai, rules.row(ai)?)))
            .ok_or_else(|| fail(None, at + 1, Gs1ErrorKind::AiUnrecognised))?;
        let start = at + ai_text.len() + 2;
        if after.is_empty() {
            return Err(fail(Some(ai), start, Gs1ErrorKind::AiParseFailed));
        }
        let raw = &after[..value_len(after)];
        at = start + raw.len();
        // No value holds a `|`.
        let raw = match raw.strip_suffix('|') {
            Some(before) if !second_symbol && at < text.len() => {
                second_symbol = true;
                before
            }
            _ => raw,
        };
        let value = raw.replace("\\(", "(");
        check_length(row, &value)
            .and_then(|()| check_content(row, &value))
            .and_then(|()| {
                let given = Given {
                    at: start,
                    raw,
                    escape: Escape::Backslash,
                };
                out.push(ai, row, &value, given)
            })
            .map_err(|kind| fail(Some(ai), start, kind))?;
    }
    Ok(out)
}

/// The identifier between the brackets; one that is not given out must at least have the length its digits promise.
fn known(text: &str, rules: Rules) -> Option<Ai> {
    let ai = Ai::from_digits(text)?;
    let fits = match digits_after(ai.first_two()) {
        Some(digits) => digits == text.len(),
        None => rules.unknown_ais == UnknownAis::Allowed,
    };
    fits.then_some(ai)
}

/// Bytes up to the next `(` that is not escaped.
fn value_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let opens = |at: &usize| bytes[*at] == b'(' && (*at == 0 || bytes[at - 1] != b'\\');
    (0..bytes.len()).find(opens).unwrap_or(bytes.len())
}

/// Writes elements in the bracketed form.
pub fn to_bracketed<'a>(elements: impl IntoIterator<Item = (Ai, &'a str)>) -> String {
    let mut out = String::new();
    for (ai, value) in elements {
        // Writing to a String cannot fail.
        let _ = write!(out, "({ai}){}", value.replace('(', "\\("));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::linter::LinterError;
    use super::*;

    #[test]
    fn separators_come_where_lengths_vary() {
        let out = to_element_string("(01)12312312312333(10)AB\\(1)(21)C").unwrap();
        assert_eq!(out, "011231231231233310AB(1)\u{1d}21C");
        assert_eq!(
            to_bracketed([(Ai::LOT, "AB(1)"), (Ai::SERIAL, "C")]),
            "(10)AB\\(1)(21)C"
        );
    }

    #[test]
    fn a_second_symbol_follows_a_bar() {
        assert_eq!(
            to_element_string("(01)12312312312333(10)AB|(99)C").unwrap(),
            "011231231231233310AB\u{1d}99C"
        );
        for text in ["(10)A|(99)B|(21)C", "(10)A|"] {
            assert!(
                from_bracketed(text, Rules::default())
                    .unwrap()
                    .elements()
                    .is_err(),
                "{text}"
            );
        }
        assert!(to_element_string("(10)|(99)B").is_err());
    }

    #[test]
    fn a_wrong_value_is_told_where_it_stands_in_the_text() {
        for (text, position) in [
            ("(01)12312312312334", 18),
            ("(10)A\\(B\\(C~D", 12),
            ("(01)12312312312333(10)A|(17)261301", 31),
        ] {
            let string = from_bracketed(text, Rules::default()).unwrap();
            assert_eq!(string.elements().unwrap_err().position, position, "{text}");
        }
        let string = from_bracketed("(01)12312312312333(10)A(10)B", Rules::default()).unwrap();
        assert_eq!(
            string.elements().unwrap().check_repeats().unwrap_err().position,
            28
        );
    }

    #[test]
    fn wrong_forms_are_named() {
        let kind = |text: &str| to_element_string(text).unwrap_err().kind;
        for text in ["", "12345", "1(12345", "(15", "(", "(10)12345(11)"] {
            assert_eq!(kind(text), Gs1ErrorKind::AiParseFailed, "{text}");
        }
        for text in ["()12345", "(1)12345", "(12345)1", "(1A)1", "(001)1"] {
            assert_eq!(kind(text), Gs1ErrorKind::AiUnrecognised, "{text}");
        }
        assert_eq!(kind("(10)(11)98765"), Gs1ErrorKind::AiValueIsTooShort);
        assert_eq!(
            kind("(01)123456789012312(10)12345"),
            Gs1ErrorKind::AiValueIsTooLong
        );
        assert_eq!(
            kind("(10)A\u{1d}21B"),
            Gs1ErrorKind::AiLinterError(LinterError::InvalidCset82Character)
        );
    }
}
