//! What real labels get wrong, read with its faults named.
//!
//! Only concatenated codes are read so: they come from two-dimensional symbols, whose own error correction vouches for
//! each character, so a wrong check character was printed wrong. In a linear symbol it is what shows a misread.

use jiff::civil::Date;

use super::check::check_byte;
use super::code::HibcCode;
use super::error::{HibcError, HibcFault};
use super::source::Source;
use super::split;

/// A reading with the verdict on it in its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HibcReading<'a> {
    /// Without fault; every way to read it, at least one.
    Strict(Vec<HibcCode<'a>>),
    /// Read in spite of faults of the label.
    Lenient(LenientHibc<'a>),
}

/// A reading in spite of faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LenientHibc<'a> {
    /// What was read.
    pub code: HibcCode<'a>,
    /// What the label says if it was printed without a check character, and the one that is wrong ends its last value:
    /// as likely, so both are told.
    pub unchecked: Option<HibcCode<'a>>,
    /// What is wrong with the label; at least one.
    pub flaws: Vec<HibcFlaw>,
}

/// A fault of a label that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HibcFlaw {
    /// The check character is wrong.
    #[error(
        "the check character of the HIBC code is {found:?} and should be {expected:?}: compare every value with the \
         print"
    )]
    CheckCharacter {
        /// Computed.
        expected: char,
        /// On the label.
        found: char,
    },
    /// `/+$` where `/$` belongs: the secondary symbol was joined with its `+`.
    #[error(
        "the HIBC code has a + in its middle that does not belong there: compare every value with the print"
    )]
    PlusInside,
}

/// Reads strictly, and when that fails a concatenated code with these faults. The error is the strict one.
pub fn parse_lenient(text: &str, today: Date) -> Result<HibcReading<'_>, HibcError> {
    let source = Source::of(text)?;
    match split::read(source, today) {
        Ok(found) => Ok(HibcReading::Strict(found)),
        Err(error) => lenient(source, error, today)
            .map(HibcReading::Lenient)
            .ok_or(error),
    }
}

fn lenient(source: Source<'_>, error: HibcError, today: Date) -> Option<LenientHibc<'_>> {
    if matches!(
        error.fault,
        HibcFault::LinkCharacter { .. } | HibcFault::Ambiguous
    ) {
        return None;
    }
    let (primary, rest) = source.body.split_once('/')?;
    let mut flaws = Vec::new();
    let expected = check_byte(source.body.as_bytes())?;
    if expected != source.check {
        flaws.push(HibcFlaw::CheckCharacter {
            expected: char::from(expected),
            found: char::from(source.check),
        });
    }
    let plus = rest.starts_with('+');
    if plus {
        // A slash that is the check character of a primary symbol: two symbols, of which the second is damaged.
        if check_byte(primary.as_bytes()) == Some(b'/') {
            return None;
        }
        flaws.push(HibcFlaw::PlusInside);
    }
    let read = |body, check| in_one(body, check, plus, today);
    let code = read(source.body, Some(source.check)).filter(|_| !flaws.is_empty())?;
    let unchecked = if expected == source.check {
        None
    } else {
        source.whole.and_then(|whole| read(whole, None))
    };
    Some(LenientHibc {
        code,
        unchecked,
        flaws,
    })
}

/// A concatenated code; with `plus` the secondary data were joined with theirs.
fn in_one(body: &str, check: Option<u8>, plus: bool, today: Date) -> Option<HibcCode<'_>> {
    if !plus {
        return split::unchecked(body, check, today).ok();
    }
    let (primary, rest) = body.split_once('/')?;
    let inside = rest.strip_prefix('+')?;
    split::joined(primary, inside, body.len() - inside.len(), check, today).ok()
}
