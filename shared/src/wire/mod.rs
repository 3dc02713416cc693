//! Messages both ends speak. JSON, except the upload of records, which is CBOR.

mod auth;
mod feed;
mod outbox_file;
mod peer;
mod sync;

pub use auth::{AskSeries, Enrol, Enrolled, PrintLabel, Refresh, Series, SignIn, Tokens};
pub use feed::{FEED_ORDER, FeedPage, FeedRow, Topic, TopicDigest};
pub use outbox_file::{OutboxFile, OutboxFileError};
pub use peer::Peer;
pub use sync::{Covered, Heads, HeadsAnswer, OwnHead, Receipt, Refusal, RefusalCode, Upload};

/// Version of this protocol; the path carries it (`/api/v1`).
pub const PROTOCOL: u16 = 1;

/// Most records one upload may carry.
pub const MAX_UPLOAD: usize = 1_000;

/// Most bytes one record may have. What a person tells has some hundred; a larger one would fill the messages of everybody who
/// hands it on.
pub const MAX_RECORD_BYTES: usize = 256 << 10;

/// Most rows one feed page carries.
pub const MAX_FEED_PAGE: usize = 2_000;
