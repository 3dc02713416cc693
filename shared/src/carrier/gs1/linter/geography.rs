//! Addresses and places on Earth.

use super::finding::whole_unless;
use super::{Finding, LinterError, sets};

/// `latitude`: 0 to 180 degrees from the south pole, times 10 million (AI 4309).
pub fn latitude(part: &[u8]) -> Result<(), Finding> {
    let wrong = (LinterError::LatitudeInvalidLength, LinterError::InvalidLatitude);
    degrees(part, b"1800000000", wrong)
}

/// `longitude`: 0 to 360 degrees east, times 10 million (AI 4309).
pub fn longitude(part: &[u8]) -> Result<(), Finding> {
    let wrong = (LinterError::LongitudeInvalidLength, LinterError::InvalidLongitude);
    degrees(part, b"3600000000", wrong)
}

fn degrees(part: &[u8], most: &[u8; 10], wrong: (LinterError, LinterError)) -> Result<(), Finding> {
    whole_unless(part.len() == most.len(), wrong.0, part)?;
    sets::numeric(part)?;
    // Equally many digits sort as the numbers they are.
    whole_unless(part <= most.as_slice(), wrong.1, part)
}

/// `pcenc`: each `%` is followed by two hexadecimal digits (RFC 3986 section 2.1); names and addresses are so written.
pub fn percent_encoding(part: &[u8]) -> Result<(), Finding> {
    let mut at = 0;
    while let Some(next) = part[at..].iter().position(|b| *b == b'%') {
        at += next;
        let sequence = &part[at..part.len().min(at + 3)];
        match sequence {
            [_, high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => at += 3,
            _ => return Err(Finding::whole(LinterError::InvalidPercentSequence, sequence).moved(at)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, latitude, percent_encoding};

    #[test]
    fn the_poles_are_the_ends() {
        assert_eq!(latitude(b"1800000000"), Ok(()));
        let beyond = Finding::new(LinterError::InvalidLatitude, 0, 10);
        assert_eq!(latitude(b"1800000001"), Err(beyond));
    }

    #[test]
    fn a_sequence_cut_short_is_found() {
        assert_eq!(percent_encoding(b"V%C3%A4gen+1"), Ok(()));
        let cut = Finding::new(LinterError::InvalidPercentSequence, 3, 2);
        assert_eq!(percent_encoding(b"ABC%2"), Err(cut));
    }
}
