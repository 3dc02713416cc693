//! What is known about the keyboard wedge of a scanner.

use crate::identity::is_cset82;

/// How one scanner types: found by its calibration scan, kept with every record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct WedgeProfile {
    separator: Option<char>,
}

/// A separator that would cut values apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot stand for the separator, because lots and serials may contain it: set the scanner to | or ~"
)]
pub struct AmbiguousSeparator(pub char);

impl WedgeProfile {
    /// A scanner that sends this character instead of GS. It must be one that no GS1 value can contain.
    pub fn with_separator(separator: char) -> Result<Self, AmbiguousSeparator> {
        // A bracket or backslash would be mistaken for the identifier or for an escape.
        let ambiguous =
            u8::try_from(separator).is_ok_and(|b| is_cset82(b) || matches!(b, b']' | b'\\' | b' '));
        if ambiguous {
            return Err(AmbiguousSeparator(separator));
        }
        Ok(Self {
            separator: Some(separator),
        })
    }

    /// The character sent instead of GS, when there is one.
    pub fn separator(self) -> Option<char> {
        self.separator
    }
}

/// The serialised form, checked when read.
#[derive(serde::Serialize, serde::Deserialize)]
struct Fields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    separator: Option<char>,
}

impl TryFrom<Fields> for WedgeProfile {
    type Error = AmbiguousSeparator;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        fields.separator.map_or(Ok(Self::default()), Self::with_separator)
    }
}

impl From<WedgeProfile> for Fields {
    fn from(profile: WedgeProfile) -> Self {
        Self {
            separator: profile.separator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AmbiguousSeparator, WedgeProfile};

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
        let profile: WedgeProfile = serde_json::from_str(r#"{"separator":"|"}"#).unwrap();
        assert_eq!(serde_json::to_string(&profile).unwrap(), r#"{"separator":"|"}"#);
        assert_eq!(
            serde_json::from_str::<WedgeProfile>("{}").unwrap(),
            WedgeProfile::default()
        );
        assert!(serde_json::from_str::<WedgeProfile>(r#"{"separator":"-"}"#).is_err());
    }
}
