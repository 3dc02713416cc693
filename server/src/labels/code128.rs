//! GS1-128 (ISO/IEC 15417 with FNC1 first): which code set for which characters.

use barcoders::sym::code128::Code128;

use super::LabelError;

const START_B: char = '\u{0181}';
const START_C: char = '\u{0106}';
const FNC1: char = '\u{0179}';
const GS: char = '\u{1d}';
/// Most data characters of a GS1-128 symbol (GS1 General Specifications 5.4.1).
const MOST: usize = 48;
/// Fewest digits that make switching to code set C worth its character.
const RUN: usize = 4;

/// Dark (`true`) and light modules of the symbol, without quiet zones.
pub(super) fn modules(scan_form: &str) -> Result<Vec<bool>, LabelError> {
    if scan_form.chars().count() > MOST {
        return Err(LabelError::TooLong("GS1-128", scan_form.chars().count()));
    }
    let wrong = |_| LabelError::Character("GS1-128", scan_form.to_owned());
    let code = Code128::new(code_sets(scan_form)).map_err(wrong)?;
    Ok(code.encode().into_iter().map(|module| module == 1).collect())
}

/// The data with code set changes in barcoders' notation: pairs of digits in C, the rest in B.
fn code_sets(data: &str) -> String {
    let mut text = String::new();
    let mut set = None;
    let mut rest = data;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        // An odd digit stays behind in the set that follows.
        let pairs = digits / 2 * 2;
        let wanted = if pairs >= RUN || (pairs > 0 && set == Some(START_C)) {
            START_C
        } else {
            START_B
        };
        // FNC1 is the same in both sets.
        if set != Some(wanted) && !(first == GS && set.is_some()) {
            text.push(wanted);
            if set.is_none() {
                text.push(FNC1);
            }
            set = Some(wanted);
        }
        let taken = if wanted == START_C {
            pairs
        } else {
            first.len_utf8()
        };
        for c in rest[..taken].chars() {
            text.push(if c == GS { FNC1 } else { c });
        }
        rest = &rest[taken..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{code_sets, modules};

    #[test]
    fn digits_go_in_pairs() {
        assert_eq!(code_sets("00173500000000000012"), "ĆŹ00173500000000000012");
        assert_eq!(code_sets("10AB"), "ƁŹ10AB");
        assert_eq!(code_sets("0112345678901231710A"), "ĆŹ011234567890123171Ɓ0A");
        assert_eq!(code_sets("10A\u{1d}2112345"), "ƁŹ10AŹĆ211234Ɓ5");
    }

    #[test]
    fn too_long_and_foreign_characters_are_refused() {
        assert!(modules(&"1".repeat(49)).is_err());
        assert!(modules("10Å").is_err());
        assert!(modules("").is_err());
    }
}
