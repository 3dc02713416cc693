//! One round of the exchange, from the site's side: holds first, then reference data, then what devices told.

use std::time::{Duration, Instant};

use sparhund_shared::log::{Head, Incarnation, Seen};
use sparhund_shared::wire::OwnHead;

use super::central::{is_about_one_thing, is_signed};
use super::logs::{exchange_logs, known_logs, pairs};
use super::round::Round;
use super::rows::exchange_rows;
use super::{Greeted, Greeting, Neighbour, ROW_FORMAT, Summary, summary};
use crate::ingest::OwnLog;
use crate::store::{CentralCursor, ConflictsAbout, LogIntro, LogKind, Store, StoreError};

/// Why a round stopped. What was done before stays, and the next round goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError<E: std::error::Error + 'static> {
    /// The other server, or the way to it.
    #[error(transparent)]
    Call(E),
    /// The own store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the other server sent is not proven.
    #[error("the central server sent what is not proven: {0}")]
    Relay(#[from] super::RelayError),
}

impl<E: std::error::Error + 'static> ExchangeError<E> {
    /// Why one thing could not be exchanged; the error again when nothing else could be either.
    pub(super) fn about_one_thing(self, central: &impl Neighbour<Error = E>) -> Result<String, Self> {
        let goes_on = match &self {
            Self::Call(error) => central.refused(error),
            Self::Store(error) => is_about_one_thing(error),
            Self::Relay(_) => true,
        };
        if goes_on { Ok(self.to_string()) } else { Err(self) }
    }
}

/// What a round went on without.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// The log; `None` = reference data.
    pub log: Option<LogIntro>,
    /// Why.
    pub why: String,
}

/// What a round did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Exchanged {
    /// Records that came.
    pub came: u64,
    /// Records that were handed over.
    pub went: u64,
    /// Rows that came.
    pub rows_came: u64,
    /// Rows that were handed over.
    pub rows_went: u64,
    /// Rows that were changed at both, and kept as conflicts.
    pub conflicts: u64,
    /// Own clock minus the central server's, milliseconds.
    pub offset: i64,
    /// How the central server writes rows, where it is another way than this program does: no rows were exchanged.
    pub row_format: Option<u32>,
    /// Whether both held the same at the end.
    pub equal: bool,
    /// Whether both held the same records at the end, whatever rows they held.
    pub same_records: bool,
    /// Whether both held the same rows at the end, whatever records they held.
    pub same_rows: bool,
    /// When the central server's newest verified backup was made, Unix milliseconds.
    pub backup: Option<i64>,
    /// What cannot be exchanged. All else was.
    pub left_out: Vec<LeftOut>,
}

impl Exchanged {
    /// Whether anything came or went.
    pub fn moved(&self) -> bool {
        (self.came, self.went, self.rows_came, self.rows_went) != (0, 0, 0, 0)
    }
}

/// During a long round holds are asked for again after this time.
const HOLDS_EVERY: Duration = Duration::from_secs(3);

/// Conflicts that are looked through, the open ones first.
const MOST_CONFLICTS: usize = 1_000;

/// Exchanges everything once. `now` is the own clock, Unix milliseconds; `backup` what [`Exchanged::backup`] was the last time.
///
/// # Errors
/// When the other server does not answer, answers what is not proven, or the store cannot do it.
pub async fn exchange<N: Neighbour>(
    store: &dyn Store,
    own_log: &OwnLog,
    central: &N,
    now: i64,
    backup: Option<i64>,
) -> Result<Exchanged, ExchangeError<N::Error>> {
    exchange_within(store, own_log, central, now, backup, HOLDS_EVERY).await
}

/// The same, and between two pages of anything holds are asked for again when so much time went by.
///
/// # Errors
/// As [`exchange`].
pub async fn exchange_within<N: Neighbour>(
    store: &dyn Store,
    own_log: &OwnLog,
    central: &N,
    now: i64,
    backup: Option<i64>,
    holds_every: Duration,
) -> Result<Exchanged, ExchangeError<N::Error>> {
    let (held, greeted) = greet(store, own_log, central, now, None).await?;
    let done = Exchanged {
        offset: now.saturating_sub(greeted.now),
        equal: held == greeted.holds,
        same_records: held.same_records(greeted.holds),
        same_rows: held.same_rows(greeted.holds),
        backup: greeted.backup,
        row_format: (greeted.row_format != ROW_FORMAT).then_some(greeted.row_format),
        ..Exchanged::default()
    };
    // Asked in each round: another life of the central server has forgotten what it had.
    let cursor = store.central_cursor(greeted.incarnation).await?;
    if done.equal && backup == greeted.backup {
        return Ok(done);
    }
    let mut round = Round {
        store,
        central,
        now,
        done,
        holds_every,
        heard: None,
    };
    let theirs = known_logs(central).await?;
    round.hear_of(&theirs).await?;
    let covered = theirs.iter().map(|log| Head {
        log: log.intro.log,
        seq: log.covered,
        hash: sparhund_shared::log::Hash::ZERO,
    });
    store.know_covered(covered.collect()).await?;
    let pairs = pairs(&mut round, theirs).await?;
    let (servers, devices): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|log| log.kind == LogKind::Server);
    exchange_logs(&mut round, &servers).await?;
    round.heard = Some(Instant::now());
    if round.done.row_format.is_none()
        && let Err(error) = exchange_rows(&mut round, cursor).await
    {
        round.leave_out(None, error)?;
    }
    exchange_logs(&mut round, &devices).await?;
    let mut done = round.done;
    let seen = own_log.saw(greeted.own.head.head, now);
    let (held, greeted) = greet(store, own_log, central, now, Some((seen, greeted.own.clone()))).await?;
    done.equal = held == greeted.holds;
    done.same_records = held.same_records(greeted.holds);
    done.same_rows = held.same_rows(greeted.holds);
    Ok(done)
}

/// Takes what is known of the central server's rows for unknown, as of another life: the next round asks for all of them. For when
/// rows differ after a round, none moves and nothing explains it: its disk may have been set back without its knowing. Whether it is so.
///
/// # Errors
/// When the store cannot do it.
pub async fn begin_anew(store: &dyn Store, done: &Exchanged) -> Result<bool, StoreError> {
    let rows_left_out = done.left_out.iter().any(|left| left.log.is_none());
    let explained = done.row_format.is_some() || rows_left_out || done.conflicts > 0;
    if done.same_rows || done.moved() || explained || waits_for_a_choice(store).await? {
        return Ok(false);
    }
    let nobody = CentralCursor {
        incarnation: Incarnation(uuid::Uuid::nil()),
        rev: 0,
    };
    store.keep_central_cursor(nobody).await?;
    Ok(true)
}

/// Whether a row had no room at one of the servers, and nobody has chosen yet: until then they differ.
async fn waits_for_a_choice(store: &dyn Store) -> Result<bool, StoreError> {
    for about in [ConflictsAbout::Goods, ConflictsAbout::People] {
        let conflicts = store.conflicts(about, MOST_CONFLICTS).await?;
        if conflicts
            .iter()
            .any(|one| one.why.is_some() && one.resolved.is_none())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn greet<N: Neighbour>(
    store: &dyn Store,
    own_log: &OwnLog,
    central: &N,
    now: i64,
    saw: Option<(Seen, OwnHead)>,
) -> Result<(Summary, Greeted), ExchangeError<N::Error>> {
    let held = summary(store).await?;
    // Only what stands here is signed for, under the key that its log has here.
    let saw = match saw {
        Some((seen, own))
            if store
                .log_key(seen.head.log)
                .await?
                .is_some_and(|key| own.head.verify(&key).is_ok())
                && seen.head.seq > 0
                && store.lacking(vec![seen.head]).await?.is_empty() =>
        {
            Some(seen)
        }
        _ => None,
    };
    let greeting = Greeting {
        own: OwnHead {
            key: own_log.key(),
            head: own_log.head().await?,
        },
        now,
        holds: held,
        row_format: ROW_FORMAT,
        seen: saw.clone(),
    };
    let greeted = central.greet(&greeting).await.map_err(ExchangeError::Call)?;
    let by = store.log_key(greeted.own.head.head.log).await?;
    let countersigned = greeted.seen.clone().filter(|seen| {
        seen.head == greeting.own.head.head
            && seen.by == greeted.own.head.head.log
            && by.is_some_and(|key| is_signed(seen, &key, now))
    });
    let keep: Vec<Seen> = saw.into_iter().chain(countersigned).collect();
    if !keep.is_empty() {
        store.keep_seen(keep, now).await?;
    }
    Ok((held, greeted))
}
