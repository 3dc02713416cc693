//! The codes of IFA and their two check digits, modulo 97.

use super::error::IfaFault;

/// What a code names, by its first two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// `11`: Pharmacy Product Number with the German PZN of 8 digits.
    Ppn,
    /// `13`: Health Product Code: supplier (CIN) of 5 letters or digits, part number of 1 to 18 characters, packaging
    /// level. Codes by version 1.04 have no level and stay valid (IFA UDI specification 3.2.2.2).
    Hpc,
    /// `MA`: Master UDI-DI, which groups devices such as contact lenses.
    MasterDi,
    /// `PP`: Basic UDI-DI, which no label carries.
    BasicDi,
}

/// Checks form and check digits of a whole code, and tells what it names.
pub fn check_code(code: &str) -> Result<CodeKind, IfaFault> {
    if code.bytes().any(|b| b.is_ascii_lowercase()) {
        return Err(IfaFault::LowerCase);
    }
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    if let Some(stranger) = code.chars().find(|c| !u8::try_from(*c).is_ok_and(allowed)) {
        return Err(IfaFault::Character(stranger));
    }
    let (body, check) = code
        .len()
        .checked_sub(2)
        .and_then(|at| code.split_at_checked(at))
        .ok_or(IfaFault::Code)?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // The set of characters was checked.
    let supplier = |inside: &str| inside[..5].bytes().all(|b| b.is_ascii_alphanumeric());
    let (kind, inside) = match body.split_at_checked(2) {
        Some(("11", inside)) => (CodeKind::Ppn, inside),
        Some(("13", inside)) => (CodeKind::Hpc, inside),
        Some(("MA", inside)) => (CodeKind::MasterDi, inside),
        Some(("PP", inside)) => (CodeKind::BasicDi, inside),
        _ => return Err(IfaFault::Code),
    };
    let fits = match kind {
        CodeKind::Ppn => inside.len() == 8 && digits(inside),
        CodeKind::Hpc => {
            // A digit at the end is always taken for the level.
            let most = match inside.bytes().last() {
                Some(b'0'..=b'8') => 24,
                Some(b'9') | None => 0,
                Some(_) => 23,
            };
            (7..=most).contains(&inside.len()) && supplier(inside)
        }
        CodeKind::MasterDi => (6..=24).contains(&inside.len()) && supplier(inside),
        CodeKind::BasicDi => (6..=23).contains(&inside.len()) && supplier(inside),
    };
    if !fits || !digits(check) {
        return Err(IfaFault::Code);
    }
    let expected = check_digits(body);
    if check.parse() == Ok(expected) {
        Ok(kind)
    } else {
        Err(IfaFault::CheckDigits { expected })
    }
}

/// Sum of the characters, each times its place counted from 2, modulo 97.
fn check_digits(body: &str) -> u8 {
    let sum = body
        .bytes()
        .zip(2u32..)
        .fold(0, |sum, (byte, weight)| (sum + u32::from(byte) * weight) % 97);
    u8::try_from(sum).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CodeKind, check_code};
    use crate::carrier::ifa::IfaFault;

    #[test]
    fn kinds_and_check_digits() {
        for (code, kind) in [
            ("110375286414", CodeKind::Ppn),
            ("1312345MED777094", CodeKind::Hpc),
            ("13ABCDEMED777089", CodeKind::Hpc),
            ("1312345MEDX31", CodeKind::Hpc),
            ("1312345XY78", CodeKind::Hpc),
            ("1312345AAAAAAAAAAAAAAAAAA53", CodeKind::Hpc),
            ("MA12345MAX1900", CodeKind::MasterDi),
            ("MAABCDEMAX1992", CodeKind::MasterDi),
            ("PP12345ABCD.12345678.9004", CodeKind::BasicDi),
        ] {
            assert_eq!(check_code(code), Ok(kind), "{code}");
        }
        assert_eq!(
            check_code("110375286415"),
            Err(IfaFault::CheckDigits { expected: 14 })
        );
        assert_eq!(check_code("1312345med777094"), Err(IfaFault::LowerCase));
        for wrong in [
            "",
            "1",
            "11",
            "120375286414",
            "11037528641",
            "1312345MED777994",
            // A packaging level of 9 under right check digits.
            "1312345MED777935",
            "13A-345MED777036",
            "1312345X61",
            "1312345AAAAAAAAAAAAAAAAAAA62",
        ] {
            assert_eq!(check_code(wrong), Err(IfaFault::Code), "{wrong}");
        }
        assert_eq!(check_code("1312345MÅD777094"), Err(IfaFault::Character('Å')));
    }
}
