//! Records made ready for the writer: everything that needs no database is done before, on the caller's thread.

use sparhund_shared::event::{Event, Movement};
use sparhund_shared::fold::{Counted, Effects, effects};
use sparhund_shared::log::{EventId, Sealed, SignedHead};

use crate::store::Batch;

/// A record with its event read and its effects worked out.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) sealed: Sealed,
    /// `None` when this version cannot read the payload.
    pub(super) event: Option<Event>,
    pub(super) effects: Option<Effects>,
    /// Of the unit in `effects`.
    pub(super) lot_key: i64,
}

impl Entry {
    pub(super) fn of(sealed: Sealed) -> Self {
        let record = sealed.record();
        let event = record.event().ok();
        let effects = event
            .as_ref()
            .and_then(|event| effects(record.event_id, record.tick, event));
        let lot_key = effects.as_ref().map_or(0, |effects| effects.unit.lot_key());
        Self {
            sealed,
            event,
            effects,
            lot_key,
        }
    }

    pub(super) fn id(&self) -> EventId {
        self.sealed.record().event_id
    }

    pub(super) fn rank(&self) -> (i64, sparhund_shared::log::Hash) {
        (self.sealed.record().tick, self.sealed.hash())
    }

    pub(super) fn movement(&self) -> Option<&Movement> {
        match &self.event {
            Some(Event::Move(movement)) => Some(movement),
            _ => None,
        }
    }

    /// The form the folds of `shared` take.
    pub(super) fn counted(&self) -> Option<Counted> {
        Some(Counted {
            rank: self.rank(),
            user: self.sealed.record().user,
            event: self.event.clone()?,
        })
    }
}

/// A batch made ready.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) head: SignedHead,
    pub(super) entries: Vec<Entry>,
    pub(super) received_at: i64,
    pub(super) sender: Sender,
}

/// Who hands a batch in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sender {
    /// The device that told it, which may have lost the right to.
    Teller,
    /// A person or a server that has it from elsewhere.
    Bringer,
}

impl Prepared {
    pub(super) fn of(batch: Batch, sender: Sender) -> Self {
        Self {
            head: batch.head,
            entries: batch.records.into_iter().map(Entry::of).collect(),
            received_at: batch.received_at,
            sender,
        }
    }
}
