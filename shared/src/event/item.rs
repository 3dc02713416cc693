//! What was handled: a read identifier, or a code that nobody could read yet and that is kept all the same.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::unit::{Product, UnitKey};
use crate::identity::{Agency, LabelDate, Lot, Serial, UdiDi};

/// A text newtype with a length limit that travels as text.
macro_rules! short_text {
    ($(#[$doc:meta])* $name:ident, $error:ident, $max:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cbor(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        pub struct $name(#[cbor(decode_with = "crate::event::item::decode_checked")] String);

        /// A text that is empty, too long or has control characters.
        #[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
        #[error("{what} is 1 to {max} characters without control characters", what = $what, max = $max)]
        pub struct $error;

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                let text = text.trim();
                if text.is_empty() || text.chars().count() > $max || text.chars().any(char::is_control) {
                    return Err($error);
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}
pub(crate) use short_text;

/// Longest of the short texts; each type checks its own limit when it is made.
const LONGEST: usize = 200;

/// Decodes a text without control characters.
pub(crate) fn decode_checked<C>(
    d: &mut minicbor::Decoder<'_>,
    _: &mut C,
) -> Result<String, minicbor::decode::Error> {
    let at = d.position();
    let text = d.str()?;
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(
            minicbor::decode::Error::message("a text is empty, too long or has control characters").at(at),
        );
    }
    Ok(text.to_owned())
}

short_text! {
    /// The region's own article number (artikelnummer).
    ArticleNo, ArticleNoError, 40, "an article number"
}

/// What a scan was about. The numbers are frozen.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Item {
    /// The code was read.
    #[n(0)]
    Identified(#[n(0)] Identified),
    /// The code could not be read to an identity; its raw bytes stand in the capture.
    #[n(1)]
    Unread(#[n(0)] Unread),
}

/// An item with its device identifier.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Identified {
    /// The identifier on the label, of whatever packaging level.
    #[n(0)]
    pub di: UdiDi,
    /// The base unit's identifier by the catalogue of the moment; equals `di` when the article was unknown.
    #[n(1)]
    pub base: UdiDi,
    /// Article the catalogue had for `di`; `None` = unknown, kept, to be matched later.
    #[n(2)]
    pub article: Option<ArticleNo>,
    /// Lot (AI 10).
    #[n(3)]
    pub lot: Option<Lot>,
    /// Serial (AI 21).
    #[n(4)]
    pub serial: Option<Serial>,
    /// Use by (AI 17 or 7003), or best before (AI 15) where the label has no use-by date.
    #[n(5)]
    pub expiry: Option<LabelDate>,
    /// Made on (AI 11).
    #[n(6)]
    pub made: Option<LabelDate>,
}

/// An item whose code no reader understood.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Unread {
    /// SHA-256 of the raw scan, so that equal labels stand together until somebody matches them.
    #[n(0)]
    pub raw: crate::log::Hash,
    /// Issuing agency where its mark was recognised.
    #[n(1)]
    pub agency: Option<Agency>,
}

impl Unread {
    /// An unread item from the bytes of its scan.
    pub fn of(raw: &[u8], agency: Option<Agency>) -> Self {
        Self {
            raw: crate::log::Hash::of("sparhund/raw/1", raw),
            agency,
        }
    }
}

impl Item {
    /// What the books are kept by.
    pub fn unit(&self) -> UnitKey {
        match self {
            Self::Identified(item) => UnitKey {
                product: Product::Di(item.base.clone()),
                lot: item.lot.clone(),
                serial: item.serial.clone(),
            },
            Self::Unread(item) => UnitKey {
                product: Product::Raw(item.raw),
                lot: None,
                serial: None,
            },
        }
    }

    /// Whether the books keep both as the same goods.
    pub fn is_same_unit(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Identified(a), Self::Identified(b)) => {
                a.base == b.base && a.lot == b.lot && a.serial == b.serial
            }
            (Self::Unread(a), Self::Unread(b)) => a.raw == b.raw,
            _ => false,
        }
    }

    /// Article the catalogue had for it.
    pub fn article(&self) -> Option<&ArticleNo> {
        match self {
            Self::Identified(item) => item.article.as_ref(),
            Self::Unread(_) => None,
        }
    }

    /// Expiry on the label.
    pub fn expiry(&self) -> Option<&LabelDate> {
        match self {
            Self::Identified(item) => item.expiry.as_ref(),
            Self::Unread(_) => None,
        }
    }
}
