//! Writing events: the record and what it changes here, in one transaction.

use rusqlite::Connection;
use sparhund_shared::event::{Circumstances, Event};
use sparhund_shared::log::{EventId, LogId, Moment, Record, Tail, UserId, uuid_v7};

use crate::env::Env;
use crate::fault::Fault;
use crate::problems;
use crate::store::device::Key;
use crate::store::{device, local, log, receipt, series, training};

/// So far apart two clocks cannot both be right, milliseconds.
pub(crate) const DAY_MS: i64 = 24 * 3_600_000;

/// Records held in memory at a time while they are told again.
const PORTION: usize = 500;

/// An event to be written, and which one before it in the same booking it follows from.
pub(crate) struct Draft {
    pub(crate) event: Event,
    /// Index among the events that are written together.
    pub(crate) cause: Option<usize>,
}

impl From<Event> for Draft {
    fn from(event: Event) -> Self {
        Self { event, cause: None }
    }
}

impl Draft {
    /// The event, with the id of what it follows from.
    fn settled(&self, ids: &[EventId]) -> Event {
        match (&self.event, self.cause.and_then(|index| ids.get(index))) {
            (Event::Move(movement), Some(cause)) => {
                let mut movement = movement.clone();
                let told = movement
                    .circumstances
                    .take()
                    .map(|told| *told)
                    .unwrap_or_default();
                movement.circumstances = Circumstances {
                    cause: Some(*cause),
                    ..told
                }
                .told();
                Event::Move(movement)
            }
            (event, _) => event.clone(),
        }
    }
}

/// Appends events to the device's log. Nothing is durable before the caller commits.
pub(crate) fn append(
    tx: &Connection,
    env: &impl Env,
    user: UserId,
    drafts: &[Draft],
) -> Result<Vec<EventId>, Fault> {
    let device = device::must_get(tx)?;
    // A record's tick is never before the one before it: one from a wrong day would date all that follow.
    if let Some(skew) = device.skew.filter(|skew| skew.abs() > DAY_MS) {
        let days = skew.unsigned_abs() / DAY_MS.unsigned_abs();
        return Err(problems::clock_wrong(days).into());
    }
    let mut tail = log::tail(tx, device.log)?;
    let moment = Moment {
        at: env.now_ms(),
        offset: device.skew,
    };
    let mut ids = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let event = &draft.settled(&ids);
        let mut random = [0; 10];
        env.random(&mut random)?;
        let id = EventId(uuid_v7(moment.at, random));
        let sealed = tail.next(id, moment, user, event);
        log::append(tx, &sealed)?;
        take_effect(tx, id, event)?;
        tail = Tail::after(&sealed);
        ids.push(id);
    }
    Ok(ids)
}

/// Does what events change here, for practice: no record is written, and nothing is ever sent.
pub(crate) fn practise(tx: &Connection, env: &impl Env, drafts: &[Draft]) -> Result<Vec<EventId>, Fault> {
    let mut ids = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut random = [0; 10];
        env.random(&mut random)?;
        let id = EventId(uuid_v7(env.now_ms(), random));
        match &draft.settled(&ids) {
            Event::Move(movement) => {
                local::insert(tx, id, 1, movement)?;
                training::mark(tx, id)?;
            }
            Event::Void(voiding) => training::take_back(tx, voiding.target)?,
            _ => {}
        }
        ids.push(id);
    }
    Ok(ids)
}

/// What an event changes here until the server's reference data shows it.
fn take_effect(tx: &Connection, id: EventId, event: &Event) -> Result<(), Fault> {
    match event {
        Event::Move(movement) => local::insert(tx, id, 1, movement),
        Event::Void(voiding) => {
            let target = log::by_event(tx, voiding.target)?;
            match target.map(|target| target.record().event()) {
                Some(Ok(Event::Move(movement))) => local::insert(tx, id, -1, &movement),
                _ => receipt::delete(tx, voiding.target),
            }
        }
        // Holds are set at the server; a device writes none.
        event => match event.delivery() {
            Some(delivery) => receipt::insert(tx, id, delivery),
            None => Ok(()),
        },
    }
}

/// Begins a new life of this device and tells in its log, under the same event ids, everything of its earlier lives
/// that is kept here. What was acknowledged is told again too, and what a verified backup covered: the server that said
/// so may have been restored to a time before, and sends nobody back to an old log. Whoever has it counts it once.
/// What the events change here stays: it is kept by event.
///
/// `latest`: the server's time of this moment, where it was measured just now. A record from a later day was written
/// under a wrong clock; it is told with the offset that clock must have had at least.
pub(crate) fn begin_again(tx: &Connection, env: &impl Env, latest: Option<i64>) -> Result<LogId, Fault> {
    series::forget(tx)?;
    go_on_as(tx, device::new_log(env)?, None, latest)
}

/// The same in a log that was named before, and with its key if that was made before.
pub(crate) fn go_on_as(
    tx: &Connection,
    new: LogId,
    key: Option<&Key>,
    latest: Option<i64>,
) -> Result<LogId, Fault> {
    device::begin_life(tx, new, key)?;
    // One that was shown as the next of an earlier life is none of this one's.
    device::set_next_life(tx, None)?;
    let mut tail = Tail::empty(new);
    let mut after = 0;
    loop {
        let told = log::untold(tx, new, after, PORTION)?;
        let Some((last, _)) = told.last() else { break };
        after = *last;
        for (_, record) in &told {
            let sealed = tail.again(&dated(record.record(), latest));
            log::append(tx, &sealed)?;
            tail = Tail::after(&sealed);
        }
    }
    log::retell(tx, new)?;
    Ok(new)
}

/// A record with an offset by which it was not written in the future.
fn dated(record: &Record, latest: Option<i64>) -> Record {
    let wall = record.at.saturating_sub(record.offset.unwrap_or(0));
    let offset = match latest {
        Some(latest) if wall > latest.saturating_add(DAY_MS) => Some(record.at.saturating_sub(latest)),
        _ => record.offset,
    };
    Record {
        offset,
        ..record.clone()
    }
}
