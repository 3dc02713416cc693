//! Writing events: the record and what it changes here, in one transaction.

use rusqlite::Connection;
use sparhund_shared::event::Event;
use sparhund_shared::log::{EventId, LogId, Moment, Tail, UserId, uuid_v7};

use crate::env::Env;
use crate::fault::Fault;
use crate::store::{device, local, log};

/// Records held in memory at a time while they are told again.
const PORTION: usize = 500;

/// Appends events to the device's log. Nothing is durable before the caller commits.
pub(crate) fn append(
    tx: &Connection,
    env: &impl Env,
    user: UserId,
    events: &[Event],
) -> Result<Vec<EventId>, Fault> {
    let device = device::must_get(tx)?;
    let mut tail = log::tail(tx, device.log)?;
    let moment = Moment {
        at: env.now_ms(),
        offset: device.skew,
    };
    let mut ids = Vec::with_capacity(events.len());
    for event in events {
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

/// What an event changes here until the server's reference data shows it.
fn take_effect(tx: &Connection, id: EventId, event: &Event) -> Result<(), Fault> {
    match event {
        Event::Move(movement) => local::insert(tx, id, 1, movement),
        Event::Void(voiding) => {
            let target = log::by_event(tx, voiding.target)?;
            match target.map(|target| target.record().event()) {
                Some(Ok(Event::Move(movement))) => local::insert(tx, id, -1, &movement),
                _ => Ok(()),
            }
        }
        // Holds are set at the server; a device writes none.
        Event::Hold(_) | Event::Release(_) => Ok(()),
    }
}

/// Begins a new life of this device and tells in its log, under the same event ids, everything of its earlier lives
/// that no verified backup is known to cover. What was acknowledged is told again too: the server that did it may
/// have been restored to a time before, and sends nobody back to an old log. Whoever has it counts it once.
/// What the events change here stays: it is kept by event.
pub(crate) fn begin_again(tx: &Connection, env: &impl Env) -> Result<LogId, Fault> {
    let new = device::begin_life(tx, env)?;
    let mut tail = Tail::empty(new);
    let mut after = 0;
    loop {
        let told = log::uncovered(tx, new, after, PORTION)?;
        let Some((last, _)) = told.last() else { break };
        after = *last;
        for (_, record) in &told {
            let sealed = tail.again(record.record());
            log::append(tx, &sealed)?;
            tail = Tail::after(&sealed);
        }
    }
    log::retell(tx, new)?;
    Ok(new)
}
