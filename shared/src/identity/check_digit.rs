//! The modulo-10 check digit that all numeric GS1 keys end with (GS1 General Specifications 7.9.1).

/// The check digit that belongs after `body` (ASCII digits, check digit not included).
///
/// From the right the digits weigh 3, 1, 3, 1, …; the check digit completes the sum to a multiple of ten.
/// `None` when `body` holds anything but digits.
///
/// ```
/// assert_eq!(sparhund_shared::identity::check_digit(b"0731234567890"), Some(9));
/// assert_eq!(sparhund_shared::identity::check_digit(b"07312A"), None);
/// ```
pub fn check_digit(body: &[u8]) -> Option<u8> {
    // 64 bits hold the sum of more digits than any memory does.
    let mut sum = 0u64;
    let mut weight = 3;
    for byte in body.iter().rev() {
        if !byte.is_ascii_digit() {
            return None;
        }
        sum += weight * u64::from(byte - b'0');
        weight = 4 - weight;
    }
    u8::try_from((10 - sum % 10) % 10).ok()
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn agrees_with_numbers_checked_by_hand() {
        // 6291041500213: the worked example of GS1's check digit page.
        assert_eq!(check_digit(b"629104150021"), Some(3));
        // 9638507-4: 3*9+6+3*3+8+3*5+0+3*7 = 86 -> 4.
        assert_eq!(check_digit(b"9638507"), Some(4));
        assert_eq!(check_digit(b"15703538141037517"), Some(7));
        assert_eq!(check_digit(b""), Some(0));
    }

    #[test]
    fn leading_zeros_do_not_count() {
        assert_eq!(check_digit(b"0000009638507"), check_digit(b"9638507"));
    }
}
