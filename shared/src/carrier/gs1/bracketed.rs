//! The bracketed form `(01)07312345678909(10)AB1`, as printed beside the code and typed by people.

use core::fmt::Write as _;

use super::ai::{Ai, row_at};
use super::component::CharacterSet;
use super::element::{GS, MAX_ELEMENTS};
use super::error::{Gs1Error, Gs1ErrorKind};
use super::linter::LinterError;

/// Rewrites the bracketed form as the element string a scanner would send, to be [parsed](super::parse).
///
/// A `(` inside a value is written `\(`. Lengths are checked here, because only the brackets tell where a value
/// ends; its content is checked by the parser. Positions count bytes of `text` from 1.
pub fn to_element_string(text: &str) -> Result<String, Gs1Error> {
    let mut out = String::with_capacity(text.len());
    let mut count = 0;
    let mut separator_due = false;
    let mut at = 0;
    let fail = |ai, at: usize, kind| Gs1Error {
        ai,
        position: at + 1,
        kind,
    };
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let inside = rest
            .strip_prefix('(')
            .ok_or_else(|| fail(None, at, Gs1ErrorKind::AiParseFailed))?;
        let (ai_text, after) = inside
            .split_once(')')
            .ok_or_else(|| fail(None, at, Gs1ErrorKind::AiParseFailed))?;
        let row = row_at(ai_text.as_bytes())
            .filter(|row| row.ai.digits() == ai_text.len())
            .ok_or_else(|| fail(None, at + 1, Gs1ErrorKind::AiUnrecognised))?;
        let start = at + ai_text.len() + 2;
        if after.is_empty() {
            return Err(fail(Some(row.ai), start, Gs1ErrorKind::AiParseFailed));
        }
        let raw = &after[..value_len(after)];
        let value = raw.replace("\\(", "(");
        check_value(row, &value).map_err(|kind| fail(Some(row.ai), start, kind))?;
        count += 1;
        if count > MAX_ELEMENTS {
            return Err(fail(Some(row.ai), at, Gs1ErrorKind::TooManyAis));
        }
        if separator_due {
            out.push(char::from(GS));
        }
        out.push_str(ai_text);
        out.push_str(&value);
        separator_due = !row.predefined;
        at = start + raw.len();
    }
    if out.is_empty() {
        return Err(fail(None, 0, Gs1ErrorKind::AiParseFailed));
    }
    Ok(out)
}

/// Bytes up to the next `(` that is not escaped.
fn value_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let opens = |at: &usize| bytes[*at] == b'(' && (*at == 0 || bytes[at - 1] != b'\\');
    (0..bytes.len()).find(opens).unwrap_or(bytes.len())
}

fn check_value(row: &super::AiRow, value: &str) -> Result<(), Gs1ErrorKind> {
    if value.len() < row.min_len().max(1) {
        return Err(Gs1ErrorKind::AiValueIsTooShort);
    }
    if value.len() > row.max_len() {
        return Err(Gs1ErrorKind::AiValueIsTooLong);
    }
    if value.contains('^') {
        return Err(Gs1ErrorKind::AiContainsIllegalCaratCharacter);
    }
    if value.as_bytes().contains(&GS) {
        // In the element string it would end the value early.
        let numeric = row
            .components
            .last()
            .is_some_and(|c| c.set == CharacterSet::Numeric);
        let wrong = if numeric {
            LinterError::NonDigitCharacter
        } else {
            LinterError::InvalidCset82Character
        };
        return Err(Gs1ErrorKind::AiLinterError(wrong));
    }
    Ok(())
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
