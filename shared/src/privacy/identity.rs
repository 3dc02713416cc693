//! Who a patient is: a personal number, or a reserve number of a region.

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::number::PersonalNumber;

/// Longest reserve number, bytes.
pub const MAX_RESERVE: usize = 30;

/// An identity in its fixed length: kind, length, text, zeros. Its length tells nothing.
pub(super) const PACKED: usize = MAX_RESERVE + 2;

/// Numbers are frozen: seals in the log have them.
const PERSONAL: u8 = 1;
const RESERVE: u8 = 2;

/// A reserve number as a wristband carries it. It shows itself to nobody by accident.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ReserveNumber(String);

impl fmt::Debug for ReserveNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReserveNumber(…)")
    }
}

impl ReserveNumber {
    /// As scanned.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who a patient is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Identity {
    /// Personnummer or samordningsnummer.
    Personal(PersonalNumber),
    /// A region's reserve number.
    Reserve(ReserveNumber),
}

/// A text that names no patient. It does not repeat the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "this is no identity of a patient: a personal number, or a reserve number of 1 to {MAX_RESERVE} printable ASCII characters; \
     scan the wristband again, or type the number as it is printed"
)]
pub struct IdentityError;

impl Identity {
    /// Reads what a wristband carries. What is a personal number in any way of writing is one; anything else that can be printed is a
    /// reserve number as it stands.
    ///
    /// # Errors
    /// When it is empty, too long or holds other than printable ASCII.
    pub fn scanned(text: &str, today: Date) -> Result<Self, IdentityError> {
        let text = text.trim();
        if let Some(number) = PersonalNumber::parse(text, today) {
            return Ok(Self::Personal(number));
        }
        reserve(text).ok_or(IdentityError)
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Personal(number) => number.as_str(),
            Self::Reserve(number) => number.as_str(),
        }
    }

    /// Kind, length, text and zeros: what is sealed, and what a token is made of.
    pub fn packed(&self) -> Zeroizing<[u8; PACKED]> {
        let mut packed = Zeroizing::new([0; PACKED]);
        let text = self.as_str().as_bytes();
        packed[0] = match self {
            Self::Personal(_) => PERSONAL,
            Self::Reserve(_) => RESERVE,
        };
        // `scanned` and `unpacked` see to it that it fits.
        packed[1] = u8::try_from(text.len()).unwrap_or_default();
        packed[2..2 + text.len()].copy_from_slice(text);
        packed
    }

    /// Back from [`Identity::packed`]; `None` for bytes that it never makes.
    pub fn unpacked(packed: &[u8]) -> Option<Self> {
        let packed: &[u8; PACKED] = packed.try_into().ok()?;
        let (text, rest) = packed[2..].split_at_checked(packed[1].into())?;
        if rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        let text = std::str::from_utf8(text).ok()?;
        match packed[0] {
            PERSONAL => PersonalNumber::of_digits(text).map(Self::Personal),
            RESERVE => reserve(text),
            _ => None,
        }
    }
}

fn reserve(text: &str) -> Option<Identity> {
    let fits =
        (1..=MAX_RESERVE).contains(&text.len()) && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    fits.then(|| Identity::Reserve(ReserveNumber(text.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn a_number_is_one_identity_however_it_is_written() {
        let one = Identity::scanned("191212121212", TODAY).unwrap();
        for text in ["121212+1212", " 19121212-1212\r\n"] {
            assert_eq!(Identity::scanned(text, TODAY).unwrap(), one, "{text}");
        }
        assert_eq!(one.as_str(), "191212121212");
        let reserve = Identity::scanned("99121212R123", TODAY).unwrap();
        assert_eq!(reserve.as_str(), "99121212R123");
        assert!(matches!(reserve, Identity::Reserve(_)));
    }

    #[test]
    fn what_names_nobody_is_none_and_is_not_repeated() {
        let long = "9".repeat(MAX_RESERVE + 1);
        for text in ["", "  ", "Åke", "a\u{1d}b", &long] {
            let error = Identity::scanned(text, TODAY).unwrap_err().to_string();
            assert!(!error.contains(text) || text.trim().is_empty(), "{text}");
        }
    }

    #[test]
    fn packing_has_one_length_and_one_form() {
        for text in ["191212121212", "7", "X".repeat(MAX_RESERVE).as_str()] {
            let identity = Identity::scanned(text, TODAY).unwrap();
            let packed = identity.packed();
            assert_eq!(Identity::unpacked(&packed[..]), Some(identity));
            let mut other = packed.clone();
            other[0] = 3;
            assert_eq!(Identity::unpacked(&other[..]), None);
            other = packed.clone();
            other[1] = 31;
            assert_eq!(Identity::unpacked(&other[..]), None);
            assert_eq!(Identity::unpacked(&packed[1..]), None);
        }
        let mut hidden = Identity::scanned("191212121212", TODAY).unwrap().packed();
        hidden[31] = 1;
        assert_eq!(Identity::unpacked(&hidden[..]), None);
    }

    #[test]
    fn it_shows_itself_to_nobody() {
        for text in ["191212121212", "99121212R123"] {
            let shown = format!("{:?}", Identity::scanned(text, TODAY).unwrap());
            assert!(!shown.contains("1212"), "{shown}");
        }
    }
}
