//! The check character pair of the Global Model Number.

use super::{Finding, LinterError};

/// What a sum's five bits are written as: letters and digits that cannot be taken for one another.
const CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Most characters before the pair.
const MOST: usize = 97;

/// The primes from 2, the weights from the right.
const WEIGHTS: [u32; MOST] = {
    let mut weights = [0; MOST];
    let mut found = 0;
    let mut candidate = 2;
    while found < MOST {
        let mut at = 0;
        while at < found && candidate % weights[at] != 0 {
            at += 1;
        }
        if at == found {
            weights[found] = candidate;
            found += 1;
        }
        candidate += 1;
    }
    weights
};

/// `csumalpha`: the last two characters are the check pair of the others (GS1 General Specifications 7.9).
pub fn check_pair(part: &[u8]) -> Result<(), Finding> {
    let Some((body, pair)) = part.split_last_chunk::<2>() else {
        return Err(Finding::whole(LinterError::TooShortForCheckPair, part));
    };
    if body.len() > MOST {
        return Err(Finding::whole(
            LinterError::TooLongForCheckPairImplementation,
            part,
        ));
    }
    let mut sum = 0;
    for ((at, byte), weight) in body.iter().enumerate().zip(WEIGHTS[..body.len()].iter().rev()) {
        let wrong = Finding::new(LinterError::InvalidCset82Character, at, 1);
        sum += weight * cset82_value(*byte).ok_or(wrong)?;
    }
    sum %= 1021;
    // 1021 is below 1024, so both halves are below 32.
    let expected = [sum >> 5, sum & 31].map(|half| CHARACTERS[half as usize]);
    if *pair == expected {
        Ok(())
    } else {
        Err(Finding::new(LinterError::IncorrectCheckPair, body.len(), 2))
    }
}

/// Place in set 82, from 0 (GS1 General Specifications 7.11).
const fn cset82_value(byte: u8) -> Option<u32> {
    Some(match byte {
        b'!' => 0,
        b'"' => 1,
        b'%'..=b'?' => (byte - b'%') as u32 + 2,
        b'A'..=b'Z' => (byte - b'A') as u32 + 29,
        b'_' => 55,
        b'a'..=b'z' => (byte - b'a') as u32 + 56,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, Finding, LinterError, check_pair, cset82_value};
    use crate::identity::is_cset82;

    #[test]
    fn the_82_characters_have_the_82_values() {
        let values: Vec<_> = (0..=u8::MAX).filter_map(cset82_value).collect();
        assert_eq!(values, (0..82).collect::<Vec<_>>());
        assert!((0..=u8::MAX).all(|b| is_cset82(b) == cset82_value(b).is_some()));
    }

    #[test]
    fn exactly_one_pair_is_right() {
        let mut part = *b"1987654Ad4X4bL5ttr2310c..";
        let mut right = Vec::new();
        for first in CHARACTERS {
            for second in CHARACTERS {
                part[23..].copy_from_slice(&[*first, *second]);
                match check_pair(&part) {
                    Ok(()) => right.push([*first, *second]),
                    Err(finding) => {
                        let wrong = Finding::new(LinterError::IncorrectCheckPair, 23, 2);
                        assert_eq!(finding, wrong);
                    }
                }
            }
        }
        assert_eq!(right, [*b"2K"]);
    }
}
