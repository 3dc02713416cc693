//! A personnummer or samordningsnummer, and where one stands in a text.

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A personnummer or samordningsnummer with its century: `YYYYMMDDNNNC`. It shows itself to nobody by accident.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PersonalNumber([u8; 12]);

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalNumber(…)")
    }
}

impl PersonalNumber {
    /// Reads exactly one number, with or without century and sign: `YYMMDD-NNNC`, `YYMMDD+NNNC`, `YYYYMMDDNNNC`.
    /// Two digits of a year are the last 100 years before `today`, with `+` the 100 before those.
    pub fn parse(text: &str, today: Date) -> Option<Self> {
        let text = text.trim();
        let plus = text.contains('+');
        let digits: Vec<u8> = text
            .bytes()
            .enumerate()
            .filter(|(at, byte)| !(matches!(byte, b'-' | b'+') && *at + 5 == text.len()))
            .map(|(_, byte)| byte)
            .collect();
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let ten: &[u8] = match digits.len() {
            10 => &digits,
            12 => &digits[2..],
            _ => return None,
        };
        let number = |range: std::ops::Range<usize>| {
            ten[range]
                .iter()
                .fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let (year, month) = (number(0..2), number(2..4));
        let day = match number(4..6) {
            day @ 61..=91 => day - 60,
            day => day,
        };
        let year = if digits.len() == 12 {
            let century = i16::from(digits[0] - b'0') * 10 + i16::from(digits[1] - b'0');
            (18..=20).contains(&century).then_some(century * 100 + year)?
        } else {
            let last = today.year() - (today.year() - year).rem_euclid(100);
            if plus { last - 100 } else { last }
        };
        let born = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        if born > today || !luhn_holds(ten) {
            return None;
        }
        let mut full = [0; 12];
        full[..4].copy_from_slice(format!("{year:04}").as_bytes());
        full[4..].copy_from_slice(&ten[2..]);
        Some(Self(full))
    }

    /// From twelve digits that were parsed before, on whatever day that was.
    pub(super) fn of_digits(digits: &str) -> Option<Self> {
        let digits: [u8; 12] = digits.as_bytes().try_into().ok()?;
        (digits.iter().all(u8::is_ascii_digit) && luhn_holds(&digits[2..])).then_some(Self(digits))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        // Digits only: `parse` saw to it.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Whether ten digits end with their check digit: every second one from the first is doubled, and the digits of what
/// comes out are added.
fn luhn_holds(ten: &[u8]) -> bool {
    let sum: u32 = ten
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            let doubled = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a text has something in it that is a personal number. Digits that go on to the left or right are another
/// number; a GTIN or an SSCC has more of them.
pub fn names_a_person(text: &[u8], today: Date) -> bool {
    // The digit of an AIM identifier is none of the number.
    let text = if text.first() == Some(&b']') {
        text.get(3..).unwrap_or_default()
    } else {
        text
    };
    let is_part = |byte: u8| byte.is_ascii_digit();
    let mut at = 0;
    while at < text.len() {
        if !is_part(text[at]) || (at > 0 && is_part(text[at - 1])) {
            at += 1;
            continue;
        }
        let rest = &text[at..];
        let run = rest.iter().take_while(|byte| is_part(**byte)).count();
        let whole = match (run, rest.get(run)) {
            (10 | 12, _) => run,
            (6 | 8, Some(b'-' | b'+')) => {
                let tail = rest[run + 1..].iter().take_while(|byte| is_part(**byte)).count();
                if tail == 4 { run + 5 } else { 0 }
            }
            _ => 0,
        };
        let found = std::str::from_utf8(&rest[..whole]).ok();
        if found
            .and_then(|found| PersonalNumber::parse(found, today))
            .is_some()
        {
            return true;
        }
        at += run.max(1);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn full(text: &str) -> Option<String> {
        PersonalNumber::parse(text, TODAY).map(|number| number.as_str().to_owned())
    }

    #[test]
    fn a_number_has_one_form_however_it_is_written() {
        for text in ["191212121212", "19121212-1212", "121212+1212"] {
            assert_eq!(full(text).as_deref(), Some("191212121212"), "{text}");
        }
        assert_eq!(full("121212-1212").as_deref(), Some("201212121212"));
        assert_eq!(full("1212121212").as_deref(), Some("201212121212"));
        // A samordningsnummer has 60 added to its day.
        assert_eq!(full("701063-2391").as_deref(), Some("197010632391"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "1212121213",
            "121312-1212",
            "121232-1212",
            "299912121212",
            "12121212-12",
            "1212-121212",
            "12121a1212",
            "07350000000016",
            "é12121212",
        ] {
            assert_eq!(full(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_in_what_stands_around_it() {
        for text in [
            "191212121212",
            "Tolvan 121212-1212 avd 3",
            "*1212121212*",
            "]C0191212121212\r",
        ] {
            assert!(names_a_person(text.as_bytes(), TODAY), "{text}");
        }
        for text in [
            "0107350000000016",
            "(10)12121212121",
            "000000",
            "121212-121",
            "2026-11-23 12:00",
            "åäö",
        ] {
            assert!(!names_a_person(text.as_bytes(), TODAY), "{text}");
        }
    }

    #[test]
    fn it_shows_itself_to_nobody() {
        let number = PersonalNumber::parse("191212121212", TODAY).unwrap();
        assert_eq!(format!("{number:?}"), "PersonalNumber(…)");
    }
}
