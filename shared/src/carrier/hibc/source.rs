//! The characters of one scan, cleared of what is not data.

use super::MOST_BYTES;
use super::check::value;
use super::error::{HibcError, HibcFault};
use crate::carrier::Symbology;

/// An HIBC text of at least three characters of the set, without symbology identifier and asterisks.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// All but the last character; begins with `+`.
    pub(super) body: &'a str,
    /// The last character: the check character of the last symbol.
    pub(super) check: u8,
    /// Body and check character; `None` where a low line stands for the latter, which then is one.
    pub(super) whole: Option<&'a str>,
}

impl<'a> Source<'a> {
    pub(super) fn of(text: &'a str) -> Result<Self, HibcError> {
        if text.len() > MOST_BYTES {
            return Err(HibcError::at(MOST_BYTES + 1, HibcFault::TooLong));
        }
        let (_, rest) = Symbology::split(text.as_bytes());
        let data = text.get(text.len() - rest.len()..).unwrap_or(text);
        let printed = data.strip_prefix('*').and_then(|data| data.strip_suffix('*'));
        let data = printed.unwrap_or(data);
        if !data.starts_with('+') {
            return Err(HibcError::at(1, HibcFault::NotHibc));
        }
        // Printed text shows a blank check character as a low line.
        let (body, check, whole) = match printed.and_then(|data| data.strip_suffix('_')) {
            Some(body) => (body, b' ', None),
            None => match data.as_bytes().split_last() {
                Some((check, _)) if check.is_ascii() => (&data[..data.len() - 1], *check, Some(data)),
                _ => (data, b'+', None),
            },
        };
        let stranger = data_characters(body)
            .chain([(body.len() + 1, char::from(check))])
            .find(|(_, c)| !u8::try_from(*c).is_ok_and(|byte| value(byte).is_some()));
        if let Some((position, character)) = stranger {
            let fault = if character.is_ascii_lowercase() {
                HibcFault::LowerCase
            } else {
                HibcFault::Character(character)
            };
            return Err(HibcError::at(position, fault));
        }
        match body.as_bytes() {
            [b'+', b'/', ..] => Err(HibcError::at(2, HibcFault::PatientData)),
            [b'+', _, ..] => Ok(Self { body, check, whole }),
            _ => Err(HibcError::at(1, HibcFault::NotHibc)),
        }
    }
}

fn data_characters(body: &str) -> impl Iterator<Item = (usize, char)> {
    body.chars().enumerate().map(|(at, c)| (at + 1, c))
}
