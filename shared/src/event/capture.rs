//! How the event was captured: the evidence behind it.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// How the identifier came into the device. The numbers are frozen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntryMethod {
    /// Barcode scanner that types like a keyboard.
    #[n(1)]
    Wedge,
    /// Camera or picture file.
    #[n(2)]
    Camera,
    /// Typed by a person.
    #[n(3)]
    Typed,
    /// RFID tag.
    #[n(4)]
    Rfid,
    /// Nothing was scanned: the person confirmed an expected line.
    #[n(5)]
    Confirmed,
}

/// Raw evidence of a scan, kept for ever so that it can be read again when a reader was wrong.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Capture {
    /// How it came in.
    #[n(0)]
    pub entry: EntryMethod,
    /// Raw bytes of each symbol with AIM identifier and group separators, as they came.
    #[n(1)]
    #[serde(with = "raw_text")]
    pub raw: Vec<ByteVec>,
    /// Version of the reader, [`crate::carrier::PARSER_VERSION`].
    #[n(2)]
    pub parser: u16,
    /// How the scanner wrote, for symbols that came through the keyboard; `None` when none did, or nobody had
    /// calibrated it.
    #[n(3)]
    pub profile: Option<String>,
    /// Cursor of the catalogue the device had.
    #[n(4)]
    pub catalogue: u64,
    /// Cursor of the hold list the device had: shows whether it could have known of a hold.
    #[n(5)]
    pub holds: u64,
    /// Warnings and stops the person saw and went past, as stable words.
    #[n(6)]
    pub seen: Vec<String>,
    /// How each symbol of `raw` came in, when not all of them came as `entry` says: the profile is of the wedge alone.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<EntryMethod>>,
}

impl Capture {
    /// A capture without any scan behind it.
    pub fn confirmed(catalogue: u64, holds: u64) -> Self {
        Self {
            entry: EntryMethod::Confirmed,
            raw: Vec::new(),
            parser: crate::carrier::PARSER_VERSION,
            profile: None,
            catalogue,
            holds,
            seen: Vec::new(),
            entries: None,
        }
    }
}

/// Raw bytes as base64 in JSON.
mod raw_text {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use minicbor::bytes::ByteVec;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(raw: &[ByteVec], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(raw.iter().map(|bytes| STANDARD.encode(bytes.as_slice())))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ByteVec>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|text| STANDARD.decode(text).map(ByteVec::from).map_err(D::Error::custom))
            .collect()
    }
}

/// The same of one byte string.
pub(super) mod raw_bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use minicbor::bytes::ByteVec;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(raw: &ByteVec, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(raw.as_slice()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ByteVec, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(ByteVec::from).map_err(D::Error::custom)
    }
}
