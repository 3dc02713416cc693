//! Reference data flows down by topic and cursor; counts and digests tell whether both ends hold the same.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::log::Hash;

/// One table of reference data.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Topic {
    /// [`crate::event::Hold`] by hold id.
    Holds,
    /// [`crate::reference::Place`] by code.
    Places,
    /// [`crate::reference::User`] by id.
    Users,
    /// [`crate::reference::Order`] by number.
    Orders,
    /// [`crate::reference::Article`] by number.
    Articles,
    /// [`crate::reference::PlaceStock`] by code of the place.
    Stock,
    /// [`crate::reference::Rule`] by its key.
    Rules,
    /// [`crate::reference::AnnouncedDelivery`] by its key.
    Deliveries,
}

/// Topics in the order a device asks for them: holds first, whatever else waits.
pub const FEED_ORDER: [Topic; 8] = [
    Topic::Holds,
    Topic::Places,
    Topic::Users,
    Topic::Orders,
    Topic::Rules,
    Topic::Deliveries,
    Topic::Stock,
    Topic::Articles,
];

impl Topic {
    /// Stable word, as in the path.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Places => "places",
            Self::Users => "users",
            Self::Orders => "orders",
            Self::Articles => "articles",
            Self::Stock => "stock",
            Self::Rules => "rules",
            Self::Deliveries => "deliveries",
        }
    }

    /// The topic of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        FEED_ORDER.into_iter().find(|topic| topic.word() == word)
    }
}

/// One changed row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedRow {
    /// Key within the topic.
    pub key: String,
    /// Cursor position of its latest change.
    pub rev: u64,
    /// The row as JSON; `None` = it is gone.
    pub body: Option<Value>,
}

/// `GET /api/v1/sync/feed/{topic}?after=&limit=`: changes after a cursor.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPage {
    /// Rows in order of `rev`.
    pub rows: Vec<FeedRow>,
    /// Cursor to go on from.
    pub next: u64,
    /// Whether more rows wait.
    pub more: bool,
    /// The whole topic as the server holds it now; equals the device's own once `more` is false.
    pub digest: TopicDigest,
}

/// Count and digest of a topic's rows; equal exactly when both ends hold the same rows (up to a hash collision).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TopicDigest {
    /// Rows that are there.
    pub count: u64,
    /// Sum of the row hashes modulo 2^64, hexadecimal in JSON because JavaScript cannot hold it.
    #[serde(with = "hex64")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-f]{16}$"))]
    pub sum: u64,
}

impl TopicDigest {
    /// Adds a row.
    pub fn add(&mut self, key: &str, body: &Value) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(row_hash(key, body));
    }

    /// Takes a row out.
    pub fn remove(&mut self, key: &str, body: &Value) {
        self.count = self.count.saturating_sub(1);
        self.sum = self.sum.wrapping_sub(row_hash(key, body));
    }
}

/// Hash of a row. `serde_json` sorts object keys, so equal content gives equal bytes.
fn row_hash(key: &str, body: &Value) -> u64 {
    let text = format!("{key}\u{0}{body}");
    let hash = Hash::of("sparhund/feed/1", text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.0[..8]);
    u64::from_be_bytes(first)
}

mod hex64 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde's `with` passes references"
    )]
    pub fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{value:016x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        u64::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(D::Error::custom)
    }
}
