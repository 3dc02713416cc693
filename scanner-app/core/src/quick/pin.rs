//! The form of a PIN.

use super::problems;
use crate::api::Problem;

/// Fewest and most digits.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// A PIN that may be one.
pub(super) struct Pin(String);

impl Pin {
    /// The digits as they were typed.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        if DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(problems::pin_form())
        }
    }

    /// The same for a new one, which must not be among the first that anybody tries.
    pub(super) fn choose(text: &str) -> Result<Self, Problem> {
        let pin = Self::parse(text)?;
        if is_trivial(text.as_bytes()) {
            return Err(problems::pin_trivial());
        }
        Ok(pin)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The same step from digit to digit (000000, 123456, 987654, 246802), a short piece over and over (121212, 123123),
/// pairs (112233), there and back (123321), or two different digits at most.
fn is_trivial(digits: &[u8]) -> bool {
    let step = |pair: &[u8]| (10 + pair[1] - pair[0]) % 10;
    let steady = |digits: &[u8]| {
        let mut steps = digits.windows(2).map(step);
        let first = steps.next();
        steps.all(|step| Some(step) == first)
    };
    let repeats = |piece: usize| digits.chunks(piece).all(|chunk| digits.starts_with(chunk));
    let firsts: Vec<u8> = digits.iter().step_by(2).copied().collect();
    let paired = digits
        .chunks(2)
        .all(|pair| pair.iter().all(|digit| *digit == pair[0]))
        && steady(&firsts);
    let there_and_back = digits.iter().eq(digits.iter().rev()) && steady(&digits[..digits.len().div_ceil(2)]);
    let mut different = digits.to_vec();
    different.sort_unstable();
    different.dedup();
    steady(digits) || (1..=digits.len() / 2).any(repeats) || paired || there_and_back || different.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::Pin;

    fn word(text: &str) -> Option<String> {
        Pin::choose(text).err().map(|problem| problem.code)
    }

    #[test]
    fn the_first_that_anybody_tries_are_refused() {
        for trivial in [
            "000000",
            "111111",
            "123456",
            "654321",
            "012345",
            "890123",
            "246802",
            "121212",
            "123123",
            "112233",
            "123321",
            "100001",
            "1234567890",
            "12341234",
        ] {
            assert_eq!(word(trivial).as_deref(), Some("pin-trivial"), "{trivial}");
        }
    }

    #[test]
    fn six_to_twelve_digits_may_be_one() {
        for good in ["280571", "850314", "198503", "739164820517"] {
            assert_eq!(word(good), None, "{good}");
        }
        for bad in ["", "28057", "7391648205170", "28O571", "280 571", "٢٨٠٥٧١"] {
            assert_eq!(word(bad).as_deref(), Some("pin-form"), "{bad}");
        }
    }
}
