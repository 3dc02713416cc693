//! Room for what is scanned: a person hears that it runs out while everything can still be booked.

use crate::api::{Room, ScanOutcome};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::flow::Judged;
use crate::problems;

/// Below this nothing more goes into a basket, bytes. What is left is for booking what lies in it, and for sending.
///
/// A booking goes into the write-ahead log first, which SQLite carries over at about 4 MB, and then into the database: a basket
/// of 500 entries takes less than 3 MB in both together (`tests/room.rs`), and a page of reference data may come between.
pub(crate) const STOP_BELOW: u64 = 16 << 20;

/// Below this a person is warned, bytes: some days of scans before the STOP.
pub(crate) const WARN_BELOW: u64 = 64 << 20;

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// How much room there is. A machine that cannot tell is taken at its word when it refuses a write.
    pub(crate) fn room(&self) -> Room {
        match self.env.free_bytes() {
            Some(free) if free < STOP_BELOW => Room::Out,
            Some(free) if free < WARN_BELOW => Room::Low,
            Some(_) | None => Room::Enough,
        }
    }

    /// Lets a step go on unless it puts goods into the basket and booking them might fail for want of room. Places, counts and
    /// the booking itself always go on.
    pub(crate) fn if_room(&self, judged: Judged) -> Result<Judged, Fault> {
        match judged.0 {
            ScanOutcome::InBasket { .. } if self.room() == Room::Out => {
                Err(problems::store_nearly_full().into())
            }
            _ => Ok(judged),
        }
    }
}
