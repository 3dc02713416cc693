//! What harness and device say to each other, one JSON object a line over the pipes of the device's process.

use serde::{Deserialize, Serialize};
use sparhund_shared::log::EventId;

/// What a device says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum Said {
    /// The client told its user that these events are booked. Written before the device goes on.
    Booked {
        /// The events.
        events: Vec<EventId>,
    },
    /// A sync begins.
    Syncing,
    /// It came to a good end.
    Synced,
    /// The client would not do something.
    Trouble {
        /// Stable word of the problem.
        code: String,
        /// Its words.
        message: String,
    },
    /// The device is not enrolled, or no longer.
    NeedsCode,
    /// Nothing is left to send and the server was heard a moment ago.
    Quiet,
}

/// What it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "tell", rename_all = "snake_case")]
pub enum Told {
    /// A code to enrol with.
    Code {
        /// The code.
        code: String,
    },
    /// The clock is so far ahead of the true time from now on, milliseconds.
    Skew {
        /// Negative = behind.
        ms: i64,
    },
    /// Work no more; send everything.
    BeQuiet,
}
