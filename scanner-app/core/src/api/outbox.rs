//! What waits to be sent, as a file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A file for the person to keep and carry to the server.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OutboxView {
    /// A name to save it under; no other file of this device has it.
    pub name: String,
    /// Records in it.
    pub records: u64,
    /// Its bytes, as `sparhund_shared::wire::OutboxFile` reads them.
    pub file: FileBytes,
}

/// Bytes of a file; base64 in JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileBytes(pub Vec<u8>);

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Serialize for FileBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for FileBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self).map_err(D::Error::custom)
    }
}
