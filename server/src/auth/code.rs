//! One-time codes that people read aloud and type: Crockford's base 32, 60 random bits.

use std::fmt;
use std::str::FromStr;

use sparhund_shared::log::Hash;

use crate::ops::{NoRandomness, random_bytes};

/// Digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Five bits each.
const LENGTH: usize = 12;

/// A one-time code for enrolling a device, such as `K7MQ-2XRD-9F4T`. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

/// A text that is no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an enrolment code has 12 letters and digits, such as K7MQ-2XRD-9F4T; read it again")]
pub struct CodeError;

impl Code {
    /// A new code.
    pub fn random() -> Result<Self, NoRandomness> {
        crockford().map(Self)
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        Hash::of("sparhund/enrolment/1", &self.0).0
    }
}

/// `N` random characters of the alphabet, five bits each.
pub fn crockford<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let random: [u8; N] = random_bytes()?;
    Ok(random.map(|byte| ALPHABET[usize::from(byte & 31)]))
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*byte))?;
        }
        Ok(())
    }
}

/// A code is a secret: it never gets into a log by accident.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(secret)")
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Letter case, blanks and hyphens do not matter; O reads as 0, I and L read as 1.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut code = [0; LENGTH];
        let mut filled = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
            let read = match byte.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            if !ALPHABET.contains(&read) {
                return Err(CodeError);
            }
            *code.get_mut(filled).ok_or(CodeError)? = read;
            filled += 1;
        }
        if filled == LENGTH {
            Ok(Self(code))
        } else {
            Err(CodeError)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_printed_and_as_people_type_it() {
        let code = Code::random().unwrap();
        let printed = code.to_string();
        assert_eq!(printed.len(), 14);
        assert_eq!(printed.parse::<Code>().unwrap(), code);
        assert_eq!(
            printed.to_lowercase().replace('-', " ").parse::<Code>().unwrap(),
            code
        );
        let typed: Code = "O1IL-oooo-1111".parse().unwrap();
        assert_eq!(typed.to_string(), "0111-0000-1111");
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in [
            "",
            "K7MQ-2XRD-9F4",
            "K7MQ-2XRD-9F4TT",
            "K7MQ-2XRD-9F4U",
            "K7MQ-2XRD-9F4Å",
        ] {
            assert_eq!(text.parse::<Code>(), Err(CodeError), "{text}");
        }
    }

    #[test]
    fn it_does_not_show_itself_in_logs() {
        assert_eq!(format!("{:?}", Code::random().unwrap()), "Code(secret)");
    }
}
