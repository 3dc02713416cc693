//! Texts of the real world made fit to show.

/// Longest name kept, in characters.
const LONGEST: usize = 200;

/// One line without control characters and doubled blanks, at most 200 characters; `None` when nothing is left.
pub(super) fn line_of(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line: String = words.join(" ").chars().take(LONGEST).collect();
    (!line.is_empty()).then_some(line)
}

/// A reference that names something: dashes and slashes stand for none.
pub(super) fn reference_of(text: &str) -> Option<String> {
    line_of(text).filter(|line| line.chars().any(char::is_alphanumeric))
}

/// EMDN code: a letter, then one to six pairs of digits.
pub(super) fn is_emdn(code: &str) -> bool {
    let (Some(letter), digits) = (
        code.as_bytes().first(),
        code.as_bytes().get(1..).unwrap_or_default(),
    ) else {
        return false;
    };
    letter.is_ascii_uppercase()
        && matches!(digits.len(), 2 | 4 | 6 | 8 | 10 | 12)
        && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::{is_emdn, line_of, reference_of};

    #[test]
    fn emdn_codes_have_a_letter_and_pairs_of_digits() {
        for code in ["K01", "K01020104", "Y063099", "W0102060601", "A010203040506"] {
            assert!(is_emdn(code), "{code}");
        }
        for code in ["", "K", "K1", "K010", "k01", "K01020304050607", "K0I", "ÅK01"] {
            assert!(!is_emdn(code), "{code}");
        }
    }

    #[test]
    fn names_become_one_line() {
        assert_eq!(
            line_of("TrueLife Care Q9\t\t").as_deref(),
            Some("TrueLife Care Q9")
        );
        assert_eq!(line_of(" \u{0} \n"), None);
        assert_eq!(
            line_of(&"å".repeat(300)).map(|line| line.chars().count()),
            Some(200)
        );
        assert_eq!(reference_of("/"), None);
        assert_eq!(reference_of("5AUF01-LV").as_deref(), Some("5AUF01-LV"));
    }
}
