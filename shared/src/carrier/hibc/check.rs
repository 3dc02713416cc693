//! The check character, modulo 43 (ANSI/HIBC 2 Appendix B), which is also the link between two symbols.

use crate::identity::{Agency, UdiDi};

const SET: [u8; 43] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

/// The value of a character, 0 to 42; `None` outside the set.
pub(super) fn value(byte: u8) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        b'A'..=b'Z' => Some(usize::from(byte - b'A') + 10),
        _ => SET[36..].iter().position(|b| *b == byte).map(|at| at + 36),
    }
}

/// The check character of these characters.
pub(super) fn check_byte(data: &[u8]) -> Option<u8> {
    let sum = data
        .iter()
        .try_fold(0, |sum, byte| Some((sum + value(*byte)?) % SET.len()))?;
    SET.get(sum).copied()
}

/// The check character that belongs after `data`, which begins with `+`. `None` when a character is outside
/// `0-9 A-Z - . space $ / + %`.
pub fn check_character(data: &str) -> Option<char> {
    check_byte(data.as_bytes()).map(char::from)
}

/// The link character that a secondary symbol of this device carries: the check character of its primary symbol.
/// `None` for a device of another agency.
pub fn link_of(di: &UdiDi) -> Option<char> {
    if di.agency() == Agency::Hibcc {
        check_character(&format!("+{}", di.code()))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{check_character, link_of, value};
    use crate::identity::{Agency, UdiDi};

    #[test]
    fn the_set_has_43_members() {
        assert_eq!((0..=255).filter(|b| value(*b).is_some()).count(), 43);
        assert_eq!(
            (value(b'Z'), value(b'-'), value(b'%')),
            (Some(35), Some(36), Some(42))
        );
        assert_eq!(value(b'a'), None);
    }

    #[test]
    fn the_link_is_the_check_character_of_the_primary() {
        assert_eq!(check_character("+A123BJC5D6E71"), Some('G'));
        assert_eq!(check_character("+A123é"), None);
        let di = UdiDi::new(Agency::Hibcc, "A123BJC5D6E71").unwrap();
        assert_eq!(link_of(&di), Some('G'));
        assert_eq!(link_of(&UdiDi::new(Agency::Ifa, "A123BJC5D6E71").unwrap()), None);
    }
}
