//! What comes back.

use serde::{Deserialize, Serialize};
use sparhund_shared::wire::Topic;

use super::order::PlaceView;
use super::outbox::OutboxView;
use super::person::{PersonView, Switched};
use super::problem::Problem;
use super::scan::{CandidateView, ScanView};
use super::status::StatusView;
use super::task::{Booked, TaskView, TasksView, Undone};

/// One answer. JSON has the name under `type`; a failure is `{"type": "error", "error": {"code", "message", "args"}}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reply {
    /// State of the device.
    Status(StatusView),
    /// Another person is signed in.
    Switched(Switched),
    /// Whose badge it is.
    Person(PersonView),
    /// What there is to do.
    Tasks(TasksView),
    /// The current task.
    Task(TaskView),
    /// A scan was judged.
    Scanned(ScanView),
    /// What a symbol says.
    Identified {
        /// Readings, the likeliest first; never empty.
        candidates: Vec<CandidateView>,
        /// Changes the reader made before reading, as stable words.
        changes: Vec<String>,
    },
    /// Places.
    Places {
        /// Best guess first.
        places: Vec<PlaceView>,
    },
    /// Events are written; they will be sent. When nothing may be booked, `book` answers `scanned` with a STOP.
    Booked(Booked),
    /// The last booking is taken back; the counter-events will be sent.
    Undone(Undone),
    /// A sync came to an end.
    Synced(SyncView),
    /// What waits to be sent, as a file.
    Outbox(OutboxView),
    /// It could not be done, and nothing is half done.
    Error {
        /// Why.
        error: Problem,
    },
}

/// What a sync did.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct SyncView {
    /// Another sync was running already; its result shows in the status.
    pub joined: bool,
    /// Records the server newly acknowledged.
    pub sent: u64,
    /// Records the server would not take; they are kept and listed among the alerts.
    pub refused: u64,
    /// Rows of reference data that changed.
    pub rows: u64,
    /// Topics whose digest differed and that were fetched anew.
    pub repaired: Vec<Topic>,
    /// State of the device afterwards.
    pub status: StatusView,
}
