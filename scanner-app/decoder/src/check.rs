//! Check digits: what a code says about itself.

use crate::symbol::{Format, Symbol};

/// ASCII 29, which stands for FNC1 between element strings.
const GS: char = '\u{1d}';

/// GS1 modulo 10 (General Specifications 7.9.1) over digits whose last is the check digit.
pub fn digit_fits(digits: &str) -> bool {
    let weighted = digits.bytes().rev().zip([1, 3].into_iter().cycle());
    let mut sum = 0_u32;
    for (digit, weight) in weighted {
        if !digit.is_ascii_digit() {
            return false;
        }
        sum += u32::from(digit - b'0') * weight;
    }
    sum.is_multiple_of(10)
}

/// What the check digits and characters of a symbol's data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// There is one, and it fits.
    Fits,
    /// The data carries none.
    None,
    /// There is one and it does not fit, or the data is cut off before it.
    Fails,
}

/// Looks at the check digits of EAN, UPC, ITF-14, of the keys in GS1 element strings, and at the check character of HIBC.
pub fn symbol(symbol: &Symbol) -> Check {
    let known = |fits: bool| if fits { Check::Fits } else { Check::Fails };
    let text = &symbol.text;
    match symbol.format {
        Format::Ean13 => known(text.len() == 13 && digit_fits(text)),
        Format::Ean8 => known(text.len() == 8 && digit_fits(text)),
        Format::Itf14 => known(text.len() == 14 && digit_fits(text)),
        _ => match symbol.symbology.as_str() {
            "]C1" | "]d2" | "]Q3" | "]e0" => element_string(text),
            // A label that breaks the rules of HIBC is told so by who parses it; here it only counts as unproved.
            _ if hibc_fits(text) => Check::Fits,
            _ => Check::None,
        },
    }
}

/// Follows an element string from key to key as far as lengths are known by two digits (General Specifications 7.8.5).
fn element_string(text: &str) -> Check {
    let mut rest = text;
    let mut check = Check::None;
    while let Some(ai) = rest.get(..2) {
        let digits = match ai {
            "00" => 18,
            "01" | "02" | "03" => 14,
            _ => 0,
        };
        if digits > 0 {
            match rest.get(2..2 + digits) {
                Some(key) if digit_fits(key) => check = Check::Fits,
                _ => return Check::Fails,
            }
        }
        let fixed = match ai {
            "00" => 18,
            "01" | "02" | "03" | "41" => 14,
            "04" => 16,
            "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" => 6,
            "20" => 2,
            "31" | "32" | "33" | "34" | "35" | "36" => 8,
            _ => 0,
        };
        rest = if fixed > 0 {
            rest.get(2 + fixed..).unwrap_or("").trim_start_matches(GS)
        } else {
            rest.split_once(GS).map_or("", |(_, behind)| behind)
        };
    }
    check
}

/// HIBC's check character, modulo 43 over all that stands before it (ANSI/HIBC 2.6 appendix B).
fn hibc_fits(text: &str) -> bool {
    const CHARACTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    let value = |c: char| CHARACTERS.find(c);
    let Some((data, check)) = text.len().checked_sub(1).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    text.starts_with('+')
        && data.len() > 4
        && data.chars().map(value).sum::<Option<usize>>().map(|sum| sum % 43)
            == check.chars().next().and_then(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(format: Format, symbology: &str, text: &str) -> Check {
        symbol(&Symbol {
            symbology: symbology.to_owned(),
            text: text.to_owned(),
            format,
            corners: Vec::new(),
        })
    }

    #[test]
    fn keys_in_element_strings_carry_check_digits() {
        for (text, check) in [
            ("0107312345678909", Check::Fits),
            ("0107312345678908", Check::Fails),
            ("01073123456789", Check::Fails),
            ("00073123450000000014", Check::Fits),
            ("00073123450000000017", Check::Fails),
            ("10LOT\u{1d}0107312345678909", Check::Fits),
            ("10LOT\u{1d}0107312345678900", Check::Fails),
            ("17280131\u{1d}0207312345678900", Check::Fails),
            ("10LOT0107312345678900", Check::None),
            ("21Å1", Check::None),
            ("0", Check::None),
        ] {
            assert_eq!(of(Format::DataMatrix, "]d2", text), check, "{text}");
        }
        assert_eq!(of(Format::DataMatrix, "]d1", "0107312345678908"), Check::None);
    }

    #[test]
    fn retail_codes_and_hibc_check_themselves() {
        assert_eq!(of(Format::Ean13, "]E0", "7312345678909"), Check::Fits);
        assert_eq!(of(Format::Ean13, "]E0", "7312345678900"), Check::Fails);
        assert_eq!(of(Format::Ean8, "]E4", "73123453"), Check::Fits);
        assert_eq!(of(Format::Ean8, "]E4", "7312345"), Check::Fails);
        assert_eq!(of(Format::Itf14, "]I1", "17312345678900"), Check::Fails);
        assert_eq!(of(Format::Code39, "]A0", "+A123BJC5D6E71G"), Check::Fits);
        assert_eq!(of(Format::Code39, "]A0", "+A123BJC5D6E71H"), Check::None);
        assert_eq!(of(Format::Code39, "]A0", "+Å"), Check::None);
        assert_eq!(of(Format::Code39, "]A0", ""), Check::None);
    }
}
