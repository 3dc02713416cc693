//! One of several.

use super::finding::whole_unless;
use super::numbers::is_zero;
use super::{Finding, LinterError, sets};

/// `pieceoftotal`: the piece and the total in equally many digits (AI 8006, 8026).
pub fn piece_of_total(part: &[u8]) -> Result<(), Finding> {
    if part.is_empty() || !part.len().is_multiple_of(2) {
        return Err(Finding::whole(LinterError::InvalidLengthForPieceOfTotal, part));
    }
    sets::numeric(part)?;
    let half = part.len() / 2;
    let (piece, total) = part.split_at(half);
    if is_zero(piece) {
        Err(Finding::new(LinterError::ZeroPieceNumber, 0, half))
    } else if is_zero(total) {
        Err(Finding::new(LinterError::ZeroTotalPieces, half, half))
    } else {
        // Equally many digits sort as the numbers they are, however many.
        whole_unless(piece <= total, LinterError::PieceNumberExceedsTotal, part)
    }
}

/// `posinseqslash`: `2/3`, both from 1 and without leading zeros (AI 7258).
pub fn position(part: &[u8]) -> Result<(), Finding> {
    let malformed = Finding::whole(LinterError::PositionInSequenceMalformed, part);
    let slash = part.iter().position(|b| *b == b'/').ok_or(malformed)?;
    let (position, end) = (&part[..slash], &part[slash + 1..]);
    for number in [position, end] {
        if number.is_empty() || sets::numeric(number).is_err() {
            return Err(malformed);
        }
    }
    let zero = LinterError::IllegalZeroPrefix;
    if position[0] == b'0' {
        return Err(Finding::whole(zero, position));
    }
    if end[0] == b'0' {
        return Err(Finding::whole(zero, end).moved(slash + 1));
    }
    // Without leading zeros the longer one is the larger one.
    let holds = (position.len(), position) <= (end.len(), end);
    whole_unless(holds, LinterError::PositionExceedsEnd, part)
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, piece_of_total, position};

    #[test]
    fn pieces_of_any_size() {
        assert_eq!(piece_of_total(b"0912"), Ok(()));
        let beyond = Finding::new(LinterError::PieceNumberExceedsTotal, 0, 4);
        assert_eq!(piece_of_total(b"1009"), Err(beyond));
        let long = "9".repeat(10_000);
        assert_eq!(piece_of_total(long.as_bytes()), Ok(()));
    }

    #[test]
    fn positions_compare_as_numbers() {
        assert_eq!(position(b"9/10"), Ok(()));
        let beyond = Finding::new(LinterError::PositionExceedsEnd, 0, 4);
        assert_eq!(position(b"10/9"), Err(beyond));
        let zero = Finding::new(LinterError::IllegalZeroPrefix, 2, 2);
        assert_eq!(position(b"1/02"), Err(zero));
    }
}
