//! How one scanner types.

use core::fmt;
use std::borrow::Cow;

use super::HostLayout;
use crate::identity::is_cset82;

/// How one scanner types: found by its calibration scan, kept with every record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct WedgeProfile {
    keys: Keys,
    separator: Option<char>,
    identifier: AimIdentifier,
}

/// Where the characters of a scan are taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// From the physical keys, as a US keyboard has them: right whatever layout the host has.
    #[default]
    Physical,
    /// From what the host makes of them.
    Text(HostLayout),
}

/// Whether the scanner sends the symbology identifier before the data (ISO/IEC 15424).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AimIdentifier {
    /// Nobody has looked.
    #[default]
    Unknown,
    /// It does.
    Sent,
    /// It does not: some codes can then only be told apart by a person.
    Absent,
}

/// A separator that would cut values apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot stand for the separator, because lots and serials may contain it: set the scanner to | or ~"
)]
pub struct AmbiguousSeparator(pub char);

impl WedgeProfile {
    /// A scanner whose characters are taken from there, which sends GS for GS.
    pub fn new(keys: Keys, identifier: AimIdentifier) -> Self {
        Self {
            keys,
            separator: None,
            identifier,
        }
    }

    /// A scanner that sends this character instead of GS. It must be one that no GS1 value can contain.
    pub fn with_separator(separator: char) -> Result<Self, AmbiguousSeparator> {
        Self::default().sending(Some(separator))
    }

    /// The same scanner, sending this character instead of GS.
    pub fn sending(self, separator: Option<char>) -> Result<Self, AmbiguousSeparator> {
        // A bracket or backslash would be mistaken for the identifier or for an escape.
        let is_ambiguous =
            |c: char| u8::try_from(c).is_ok_and(|b| is_cset82(b) || matches!(b, b']' | b'\\' | b' '));
        match separator.filter(|c| is_ambiguous(*c)) {
            Some(separator) => Err(AmbiguousSeparator(separator)),
            None => Ok(Self { separator, ..self }),
        }
    }

    /// The character sent instead of GS, when there is one.
    pub fn separator(&self) -> Option<char> {
        self.separator
    }

    /// Where its characters are taken from.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Whether it sends the symbology identifier.
    pub fn identifier(&self) -> AimIdentifier {
        self.identifier
    }

    /// What the scanner meant by what the host wrote; `None` where the two are the same.
    pub fn meant<'a>(&self, received: &'a str) -> Option<Cow<'a, str>> {
        match &self.keys {
            Keys::Physical | Keys::Text(HostLayout::Same) => None,
            Keys::Text(layout) => Some(layout.decode(received)),
        }
    }

    /// Whether what arrives is turned into what was meant, so that it may look like another layout's.
    pub(in crate::carrier) fn translates(&self) -> bool {
        !matches!(self.keys, Keys::Physical | Keys::Text(HostLayout::Same))
    }
}

/// The short form that each record keeps: `keys=physical gs=GS aim=sent`.
impl fmt::Display for WedgeProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.keys {
            Keys::Physical => f.write_str("keys=physical")?,
            Keys::Text(layout) => write!(f, "keys={}", layout.name())?,
        }
        match self.separator {
            Some(separator) => write!(f, " gs={separator}")?,
            None => f.write_str(" gs=GS")?,
        }
        f.write_str(match self.identifier {
            AimIdentifier::Unknown => "",
            AimIdentifier::Sent => " aim=sent",
            AimIdentifier::Absent => " aim=absent",
        })
    }
}

/// The serialised form, checked when read.
#[derive(serde::Serialize, serde::Deserialize)]
struct Fields {
    #[serde(default)]
    keys: Keys,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    separator: Option<char>,
    #[serde(default)]
    identifier: AimIdentifier,
}

impl TryFrom<Fields> for WedgeProfile {
    type Error = AmbiguousSeparator;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        Self::new(fields.keys, fields.identifier).sending(fields.separator)
    }
}

impl From<WedgeProfile> for Fields {
    fn from(profile: WedgeProfile) -> Self {
        Self {
            keys: profile.keys,
            separator: profile.separator,
            identifier: profile.identifier,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_no_value_can_hold() {
        for good in ['|', '#', '~', '^', 'è'] {
            assert_eq!(
                WedgeProfile::with_separator(good).unwrap().separator(),
                Some(good)
            );
        }
        for bad in ['-', '_', '%', 'A', '0', ']', ' '] {
            assert_eq!(WedgeProfile::with_separator(bad), Err(AmbiguousSeparator(bad)));
        }
    }

    #[test]
    fn a_stored_profile_is_checked() {
        let profile = WedgeProfile::new(Keys::Text(HostLayout::Swedish), AimIdentifier::Sent)
            .sending(Some('|'))
            .unwrap();
        let stored = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<WedgeProfile>(&stored).unwrap(), profile);
        assert_eq!(
            serde_json::from_str::<WedgeProfile>("{}").unwrap(),
            WedgeProfile::default()
        );
        assert!(serde_json::from_str::<WedgeProfile>(r#"{"separator":"-"}"#).is_err());
    }

    #[test]
    fn a_record_says_how_it_was_read() {
        assert_eq!(WedgeProfile::default().to_string(), "keys=physical gs=GS");
        let swedish = WedgeProfile::new(Keys::Text(HostLayout::Swedish), AimIdentifier::Absent);
        assert_eq!(
            swedish.sending(Some('~')).unwrap().to_string(),
            "keys=swedish gs=~ aim=absent"
        );
    }
}
