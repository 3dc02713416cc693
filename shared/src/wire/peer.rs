//! The protocol of a sync as a trait: what one end may ask of the other.

use minicbor::bytes::ByteVec;

use super::{FeedPage, Heads, HeadsAnswer, Receipt, Topic, Upload};
use crate::log::LogId;

/// The end of a sync that is asked.
///
/// The server is one over its store; a client's connection is one over HTTP. Who asks does not know which: the same
/// sync runs in one process and over a network. Every call may be repeated, and may have been done though its answer
/// was lost.
#[expect(
    async_fn_in_trait,
    reason = "clients run on one thread; the server calls its own end by its type, so its futures are Send"
)]
pub trait Peer {
    /// Why a call did not do what it should.
    type Error;

    /// Tells the ends of our logs and learns the other side's.
    async fn heads(&self, told: &Heads) -> Result<HeadsAnswer, Self::Error>;

    /// Hands over records under one signed head; the receipt comes after the commit that holds them.
    async fn upload(&self, upload: &Upload) -> Result<Receipt, Self::Error>;

    /// Canonical bytes of the records of a log from a place on, forks included, at most `most`.
    async fn records(&self, log: LogId, from: u64, most: usize) -> Result<Vec<ByteVec>, Self::Error>;

    /// Changes of a topic after a cursor; an answer later than `patience_ms` milliseconds is of no use.
    async fn feed(&self, topic: Topic, after: u64, patience_ms: u32) -> Result<FeedPage, Self::Error>;
}
