//! GS1 Company Prefixes at the head of a key.

use super::{Finding, LinterError, sets};

/// Shortest company prefix in use.
const SHORTEST: usize = 4;

/// `gcppos1`: a company prefix from the first character on.
pub fn first(part: &[u8]) -> Result<(), Finding> {
    // GS1's own look-up of prefixes is not public: what can be checked is that there are four digits.
    let Some(prefix) = part.get(..SHORTEST) else {
        return Err(Finding::whole(LinterError::TooShortForGcp, part));
    };
    sets::numeric(prefix).map_err(|finding| Finding {
        error: LinterError::InvalidGcpPrefix,
        ..finding
    })
}

/// `gcppos2`: a company prefix from the second character on, after an indicator or extension digit.
pub fn second(part: &[u8]) -> Result<(), Finding> {
    match part {
        [] | [_] => Err(Finding::whole(LinterError::TooShortForGcp, part)),
        [_, rest @ ..] => first(rest).map_err(|finding| Finding {
            at: finding.at + 1,
            ..finding
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, first, second};

    #[test]
    fn four_digits_make_a_prefix() {
        assert_eq!(first(b"7351"), Ok(()));
        assert_eq!(
            first(b"735"),
            Err(Finding::new(LinterError::TooShortForGcp, 0, 3))
        );
        let letter = Finding::new(LinterError::InvalidGcpPrefix, 3, 1);
        assert_eq!(second(b"A73B1"), Err(letter));
    }
}
