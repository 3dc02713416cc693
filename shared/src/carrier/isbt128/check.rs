//! The check of a donation identification number, ISO/IEC 7064 modulo 37, 2.

/// The check value, 0 to 36, of letters and digits. `None` for anything else.
pub(super) fn mod_37_2(text: &str) -> Option<u8> {
    let sum = text.bytes().try_fold(0u32, |sum, byte| {
        let value = char::from(byte)
            .to_digit(36)
            .filter(|_| !byte.is_ascii_lowercase())?;
        Some((sum + value) * 2 % 37)
    })?;
    u8::try_from((38 - sum) % 37).ok()
}

#[cfg(test)]
mod tests {
    use super::mod_37_2;

    #[test]
    fn a_published_number() {
        assert_eq!(mod_37_2("G123417654321"), Some(10));
        assert_eq!(mod_37_2("g1"), None);
        assert_eq!(mod_37_2("="), None);
    }
}
