//! GS1 Company Prefixes at the head of a key.

use super::{Finding, LinterError, sets};

/// Shortest company prefix in use.
const SHORTEST: usize = 4;

/// What a directory of company prefixes says of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrefixAnswer {
    /// The key begins with the prefix of a company.
    Known,
    /// No company has such a prefix.
    Unknown,
    /// The directory cannot be asked now.
    Offline,
}

/// A directory of company prefixes; it gets the key from its prefix on. GS1's own is not public, so there need not be
/// one: then any four digits pass.
pub type PrefixDirectory<'a> = &'a dyn Fn(&[u8]) -> PrefixAnswer;

/// `gcppos1`: a company prefix from the first character on.
pub fn first(part: &[u8], directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
    let Some(prefix) = part.get(..SHORTEST) else {
        return Err(Finding::whole(LinterError::TooShortForGcp, part));
    };
    sets::numeric(prefix).map_err(|finding| Finding {
        error: LinterError::InvalidGcpPrefix,
        ..finding
    })?;
    match directory.map_or(PrefixAnswer::Known, |ask| ask(part)) {
        PrefixAnswer::Known => Ok(()),
        PrefixAnswer::Unknown => Err(Finding::whole(LinterError::InvalidGcpPrefix, part)),
        PrefixAnswer::Offline => Err(Finding::whole(LinterError::GcpDatasourceOffline, part)),
    }
}

/// `gcppos2`: a company prefix from the second character on, after an indicator or extension digit.
pub fn second(part: &[u8], directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
    match part {
        [] | [_] => Err(Finding::whole(LinterError::TooShortForGcp, part)),
        [_, rest @ ..] => first(rest, directory).map_err(|finding| finding.moved(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, PrefixAnswer, first, second};

    #[test]
    fn four_digits_make_a_prefix() {
        assert_eq!(first(b"7351", None), Ok(()));
        let short = Finding::new(LinterError::TooShortForGcp, 0, 3);
        assert_eq!(first(b"735", None), Err(short));
        let letter = Finding::new(LinterError::InvalidGcpPrefix, 3, 1);
        assert_eq!(second(b"A73B1", None), Err(letter));
    }

    #[test]
    fn a_directory_decides() {
        let swedish = |key: &[u8]| match key {
            [b'7', b'3', ..] => PrefixAnswer::Known,
            _ => PrefixAnswer::Unknown,
        };
        assert_eq!(second(b"07350000000011", Some(&swedish)), Ok(()));
        let unknown = Finding::new(LinterError::InvalidGcpPrefix, 1, 13);
        assert_eq!(second(b"04000000000011", Some(&swedish)), Err(unknown));
        let offline = Finding::new(LinterError::GcpDatasourceOffline, 0, 4);
        assert_eq!(first(b"7351", Some(&|_| PrefixAnswer::Offline)), Err(offline));
    }
}
