//! Records between two servers: what one has and the other has not, log by log.

use std::collections::HashMap;
use std::slice;

use minicbor::bytes::ByteVec;
use sparhund_shared::event::Event;
use sparhund_shared::log::{Head, LogId, Sealed, SignedHead};
use sparhund_shared::wire::Upload;

use super::round::Round;
use super::{ExchangeError, HeadsOfLog, MAX_LOGS, MAX_RECORDS, Neighbour, RelayError};
use crate::store::{Batch, LogIntro, LogKind, LogSum};

/// Records of one log that are held in memory before they are stored: what comes from the top is stored from the bottom, so that no
/// gap shows meanwhile.
const MOST_HELD: usize = 50_000;
/// Most bytes of them.
const MOST_BYTES: usize = 64 << 20;

/// Every log that the other server knows.
pub(super) async fn known_logs<N: Neighbour>(central: &N) -> Result<Vec<LogSum>, ExchangeError<N::Error>> {
    let mut all: Vec<LogSum> = Vec::new();
    loop {
        let after = all.last().map(|log| log.intro.log);
        let page = central.logs(after).await.map_err(ExchangeError::Call)?;
        // One that does not move on is not asked for ever.
        let ends = page.len() < MAX_LOGS || page.last().map(|log| log.intro.log.0) <= after.map(|log| log.0);
        all.extend(page);
        if ends {
            return Ok(all);
        }
    }
}

/// Logs that differ; those that only this server has are made known there.
pub(super) async fn pairs<N: Neighbour>(
    round: &mut Round<'_, N>,
    theirs: Vec<LogSum>,
) -> Result<Vec<LogIntro>, ExchangeError<N::Error>> {
    let mut theirs: HashMap<LogId, LogSum> = theirs.into_iter().map(|log| (log.intro.log, log)).collect();
    let mut differ = Vec::new();
    let mut news: Vec<LogIntro> = Vec::new();
    let mut after = None;
    loop {
        let page = round.store.log_sums(after, MAX_LOGS).await?;
        after = page.last().map(|log| log.intro.log);
        let ends = page.len() < MAX_LOGS;
        for ours in page {
            let told = theirs.remove(&ours.intro.log);
            if told.is_none() {
                news.push(ours.intro.clone());
            }
            let told = told.map_or((0, 0), |told| (told.records, told.sum));
            if told != (ours.records, ours.sum) {
                differ.push(ours.intro);
            }
        }
        if ends {
            break;
        }
    }
    for part in news.chunks(MAX_LOGS) {
        let Err(error) = round.central.introduce(part).await else {
            continue;
        };
        if !round.central.refused(&error) {
            return Err(ExchangeError::Call(error));
        }
        for log in part {
            if let Err(error) = round.central.introduce(slice::from_ref(log)).await {
                round.leave_out(Some(log), ExchangeError::Call(error))?;
            }
        }
    }
    Ok(differ)
}

/// Exchanges what the two lack of these logs. One that cannot be exchanged keeps no other one back.
pub(super) async fn exchange_logs<N: Neighbour>(
    round: &mut Round<'_, N>,
    logs: &[LogIntro],
) -> Result<(), ExchangeError<N::Error>> {
    for log in logs {
        round.holds_first().await?;
        if let Err(error) = exchange_log(round, log).await {
            round.leave_out(Some(log), error)?;
        }
    }
    Ok(())
}

async fn exchange_log<N: Neighbour>(
    round: &mut Round<'_, N>,
    log: &LogIntro,
) -> Result<(), ExchangeError<N::Error>> {
    let told = heads_there(round.central, log.log).await?;
    pull(round, log, &told.signed).await?;
    let ours = round.store.signed_heads(log.log).await?;
    let until = told.head.unwrap_or_else(|| nothing(log.log));
    push(round, &ours, until, &told.wanted).await
}

/// What proves a log at the other server, page by page.
async fn heads_there<N: Neighbour>(central: &N, log: LogId) -> Result<HeadsOfLog, ExchangeError<N::Error>> {
    let mut all = central.heads(nothing(log)).await.map_err(ExchangeError::Call)?;
    let mut full = all.signed.len() == MAX_RECORDS;
    while full && let Some(last) = all.signed.last().map(|last| last.head) {
        let page = central.heads(last).await.map_err(ExchangeError::Call)?.signed;
        // One that does not move on is not asked for ever.
        full = page.len() == MAX_RECORDS
            && page
                .iter()
                .all(|head| (head.head.seq, head.head.hash.0) > (last.seq, last.hash.0));
        all.signed.extend(page);
    }
    Ok(all)
}

fn nothing(log: LogId) -> Head {
    Head {
        log,
        seq: 0,
        hash: sparhund_shared::log::Hash::ZERO,
    }
}

async fn pull<N: Neighbour>(
    round: &mut Round<'_, N>,
    pair: &LogIntro,
    signed: &[SignedHead],
) -> Result<(), ExchangeError<N::Error>> {
    let held = round.store.heads(&[pair.log]).await?;
    let until = held.first().copied().unwrap_or_else(|| nothing(pair.log));
    // From the highest: what it reaches need not be asked for again.
    for head in signed.iter().rev() {
        head.verify(&pair.key).map_err(RelayError::Signature)?;
        if !round.store.lacking(vec![head.head]).await?.is_empty() {
            pull_chain(round, pair, head, head.head, until).await?;
        }
    }
    // What a chain that came in parts still hangs on.
    for want in round.store.wanted(pair.log, MAX_RECORDS).await? {
        let above = signed.iter().filter(|head| head.head.seq > want.seq);
        if let Some(head) = above.min_by_key(|head| head.head.seq) {
            pull_chain(round, pair, head, want, until).await?;
        }
    }
    Ok(())
}

/// Follows a chain down to what is held, and stores it from there up.
async fn pull_chain<N: Neighbour>(
    round: &mut Round<'_, N>,
    pair: &LogIntro,
    head: &SignedHead,
    from: Head,
    until: Head,
) -> Result<(), ExchangeError<N::Error>> {
    let mut next = from;
    let mut chain: Vec<Sealed> = Vec::new();
    let mut bytes_held = 0;
    while chain.len() < MOST_HELD
        && bytes_held < MOST_BYTES
        && !round.store.lacking(vec![next]).await?.is_empty()
    {
        round.holds_first().await?;
        let page = round
            .central
            .chain(next, until)
            .await
            .map_err(ExchangeError::Call)?;
        if page.is_empty() {
            // They lack it too.
            break;
        }
        for bytes in page {
            bytes_held += bytes.len();
            let sealed = Sealed::open(bytes).map_err(|error| RelayError::Record(pair.log, error))?;
            let record = sealed.record();
            if record.log != pair.log || record.seq != next.seq || sealed.hash() != next.hash {
                return Err(RelayError::Unproven(pair.log, record.seq).into());
            }
            if pair.kind == LogKind::Device && Event::governs_hold(&record.payload) {
                return Err(RelayError::NotItsHold(pair.log).into());
            }
            next = Head {
                log: pair.log,
                seq: record.seq - 1,
                hash: record.prev,
            };
            chain.push(sealed);
        }
    }
    chain.reverse();
    for records in chain.chunks(MAX_RECORDS) {
        round.holds_first().await?;
        let batch = Batch {
            head: head.clone(),
            records: records.to_vec(),
            received_at: round.now,
        };
        round.done.came += u64::from(round.store.append(batch).await?.stored);
    }
    Ok(())
}

async fn push<N: Neighbour>(
    round: &mut Round<'_, N>,
    signed: &[SignedHead],
    until: Head,
    wanted: &[Head],
) -> Result<(), ExchangeError<N::Error>> {
    // From the highest, as they come.
    let mut signed_down: Vec<&SignedHead> = signed.iter().rev().collect();
    while !signed_down.is_empty() {
        let part: Vec<Head> = signed_down
            .iter()
            .take(MAX_RECORDS)
            .map(|head| head.head)
            .collect();
        let lacking = round.central.lacking(&part).await.map_err(ExchangeError::Call)?;
        let Some(at) = part.iter().position(|head| lacking.contains(head)) else {
            signed_down.drain(..part.len());
            continue;
        };
        let head = signed_down.drain(..=at).next_back();
        if let Some(head) = head {
            push_chain(round, head, head.head, until).await?;
        }
    }
    for want in wanted {
        let above = signed.iter().filter(|head| head.head.seq > want.seq);
        if let Some(head) = above.min_by_key(|head| head.head.seq)
            && round.store.lacking(vec![*want]).await?.is_empty()
        {
            push_chain(round, head, *want, until).await?;
        }
    }
    Ok(())
}

/// Sends a chain from the top, page by page: each page is proven by the one before it.
async fn push_chain<N: Neighbour>(
    round: &mut Round<'_, N>,
    head: &SignedHead,
    from: Head,
    until: Head,
) -> Result<(), ExchangeError<N::Error>> {
    let mut next = from;
    loop {
        round.holds_first().await?;
        let page = round.store.chain(next, until, MAX_RECORDS).await?;
        let Some(lowest) = page.last() else {
            return Ok(());
        };
        let lowest = Sealed::open(lowest.clone()).map_err(|error| RelayError::Record(next.log, error))?;
        let upload = Upload {
            head: head.clone(),
            records: page.into_iter().rev().map(ByteVec::from).collect(),
        };
        let receipt = round.central.take(&upload).await.map_err(ExchangeError::Call)?;
        round.done.went += u64::from(receipt.stored);
        next = Head {
            log: next.log,
            seq: lowest.record().seq - 1,
            hash: lowest.record().prev,
        };
        // A page ends where it is full, by count or by bytes, and where one ends what the other lacks.
        let goes_on = next.seq > 0
            && next != until
            && !round
                .central
                .lacking(&[next])
                .await
                .map_err(ExchangeError::Call)?
                .is_empty();
        if !goes_on {
            return Ok(());
        }
    }
}
