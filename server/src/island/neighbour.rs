//! The exchange of two servers as a trait: what a site may ask of the central one.

use async_trait::async_trait;
use sparhund_shared::log::{Head, LogId};
use sparhund_shared::wire::{Receipt, Upload};

use super::{Greeted, Greeting, HeadsOfLog};
use crate::store::{LogIntro, LogSum, Offered, SharedRow};

/// The end that is asked: a store in the same process, or a server over HTTP. Every call may be repeated, and may have been done
/// though its answer was lost.
#[async_trait]
pub trait Neighbour: Send + Sync {
    /// Why a call did not do what it should.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Whether the other end was reached and refused this one thing: another may still be done.
    fn refused(&self, error: &Self::Error) -> bool;

    /// Tells what is held here, and learns what is held there.
    async fn greet(&self, greeting: &Greeting) -> Result<Greeted, Self::Error>;
    /// Logs by id after one, with what is held of them there.
    async fn logs(&self, after: Option<LogId>) -> Result<Vec<LogSum>, Self::Error>;
    /// Makes logs known there.
    async fn introduce(&self, logs: &[LogIntro]) -> Result<(), Self::Error>;
    /// What proves a log there after one of its signed heads, at most [`super::MAX_RECORDS`] of them, and what is missing.
    async fn heads(&self, after: Head) -> Result<HeadsOfLog, Self::Error>;
    /// Which of these records are missing there.
    async fn lacking(&self, records: &[Head]) -> Result<Vec<Head>, Self::Error>;
    /// Records of a chain from one downwards, the highest first; ends before `until`, and after some.
    async fn chain(&self, from: Head, until: Head) -> Result<Vec<Vec<u8>>, Self::Error>;
    /// Hands over records of one chain, lowest first, that end at the signed head or at one that is wanted there.
    async fn take(&self, upload: &Upload) -> Result<Receipt, Self::Error>;
    /// Reference data after a place in the order of its changes there.
    async fn rows(&self, after: u64) -> Result<Vec<SharedRow>, Self::Error>;
    /// Offers rows; what became of each, in order.
    async fn offer(&self, rows: &[SharedRow]) -> Result<Vec<Offered>, Self::Error>;
}
