//! Reference data comes down by topic and cursor; its digest tells whether it is the same at both ends.

use rusqlite::Connection;
use sparhund_shared::wire::{FeedPage, FeedRow, Peer, Topic};

use super::Halt;
use super::server::{CallError, LONG_MS};
use crate::api::AlertCode;
use crate::env::Env;
use crate::fault::Fault;
use crate::store::feed;
use crate::store::{Store, alert, local, receipt};

/// What a pull brought.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Pulled {
    /// Rows that changed.
    pub(crate) rows: u64,
    /// Whether the topic had to be fetched anew.
    pub(crate) repaired: bool,
}

/// Brings a topic up to date, and fetches it anew when it differs from the server's.
///
/// Orders are stored in one piece together with the settling of this device's own work: call it for them only after
/// the records were sent, so that no movement is counted twice or not at all.
pub(crate) async fn pull(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    topic: Topic,
) -> Result<Pulled, Halt> {
    let mut pulled = Pulled::default();
    if follow(
        store,
        env,
        server,
        topic,
        Manner::Changes { until: None },
        &mut pulled,
    )
    .await?
    {
        return Ok(pulled);
    }
    pulled.repaired = true;
    let same = follow(store, env, server, topic, Manner::Anew, &mut pulled).await?;
    let code = if same {
        AlertCode::DigestRepaired
    } else {
        AlertCode::DigestDiffers
    };
    let tx = store.begin()?;
    alert::raise(&tx, code, topic.word(), env.now_ms())?;
    tx.commit()?;
    Ok(pulled)
}

/// Brings what changed, if that can be had within this many milliseconds. What came until then is kept; a difference
/// is left for the next sync to mend.
pub(crate) async fn glance(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    topic: Topic,
    limit_ms: i64,
) -> Result<(), Halt> {
    let until = Some(env.now_ms().saturating_add(limit_ms));
    follow(
        store,
        env,
        server,
        topic,
        Manner::Changes { until },
        &mut Pulled::default(),
    )
    .await
    .map(drop)
}

/// How a feed is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Manner {
    /// On from the cursor, at most until this moment of the device clock.
    Changes { until: Option<i64> },
    /// From the beginning, and rows that do not come are gone.
    Anew,
}

impl Manner {
    /// How long the next page may take, milliseconds; `None` when the time is up.
    fn patience(self, now: i64) -> Option<u32> {
        match self {
            Self::Anew | Self::Changes { until: None } => Some(LONG_MS),
            Self::Changes { until: Some(until) } => u32::try_from(until.saturating_sub(now))
                .ok()
                .filter(|left| *left > 0),
        }
    }
}

/// Where reading a feed begins.
struct Start {
    /// Cursor of the device; beyond it only another reading gets.
    known: u64,
    /// Cursor to ask from.
    after: u64,
    /// Number of this fetching anew; 0 for changes.
    round: i64,
}

impl Start {
    fn of(db: &Connection, topic: Topic, manner: Manner) -> Result<Self, Fault> {
        let known = feed::state(db, topic)?.cursor;
        let (after, round) = match manner {
            Manner::Changes { .. } => (known, 0),
            Manner::Anew => (0, feed::next_round(db, topic)?),
        };
        Ok(Self { known, after, round })
    }
}

/// Reads the changes to their end; tells whether both ends are the same then.
async fn follow(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    topic: Topic,
    manner: Manner,
    pulled: &mut Pulled,
) -> Result<bool, Halt> {
    // What shows this device's own work is taken over whole, with what it shows of it.
    let at_once = matches!(topic, Topic::Orders | Topic::Stock);
    let anew = manner == Manner::Anew;
    let Start {
        mut known,
        mut after,
        mut round,
    } = Start::of(store.read(), topic, manner)?;
    let mut held: Vec<FeedRow> = Vec::new();
    loop {
        let Some(patience) = manner.patience(env.now_ms()) else {
            return Ok(false);
        };
        let page = server.feed(topic, after, patience).await?;
        if page.more && page.next <= after {
            let reason = format!("the feed of {} does not move on from {after}", topic.word());
            return Err(CallError::Unreadable(reason).into());
        }
        after = page.next;
        let last = !page.more;
        pulled.rows += page.rows.len() as u64;
        let FeedPage { rows, digest, .. } = page;
        held.extend(rows);
        if at_once && !last {
            continue;
        }
        let tx = store.begin()?;
        let mut state = feed::state(&tx, topic)?;
        if state.cursor > known {
            // Another reading got further while this page was on its way: its rows are newer, and fetching anew would
            // take those for gone that its first pages did not have yet.
            drop(tx);
            held.clear();
            Start { known, after, round } = Start::of(store.read(), topic, manner)?;
            continue;
        }
        for row in held.drain(..) {
            feed::apply(&tx, topic, &mut state.digest, round, &row)?;
        }
        if anew && last {
            feed::sweep(&tx, topic, &mut state.digest, round)?;
        }
        // While fetching anew the old cursor stays: if this is cut short, the next sync goes on as if nothing was.
        if !anew || last {
            state.cursor = after;
            known = after;
        }
        feed::put_state(&tx, topic, &state)?;
        let same = last && digest == state.digest;
        if same {
            feed::set_equal(&tx, topic, env.now_ms())?;
        }
        if at_once {
            local::settle(&tx, topic)?;
        }
        if topic == Topic::Deliveries && last {
            receipt::settle(&tx)?;
        }
        tx.commit()?;
        if last {
            return Ok(same);
        }
    }
}
