//! Reference data between a site and the central server: first what changed there, then what changed here.

use std::collections::HashMap;

use super::round::Round;
use super::{ExchangeError, MAX_ROWS, Neighbour};
use crate::store::{CentralCursor, Offered, RowKind, SharedRow, Take, TakenRow};

/// Rows that did not fit beside what was here when they came.
type Refused = HashMap<(RowKind, String), SharedRow>;

pub(super) async fn exchange_rows<N: Neighbour>(
    round: &mut Round<'_, N>,
    cursor: CentralCursor,
) -> Result<(), ExchangeError<N::Error>> {
    take_rows(round, cursor).await?;
    offer_rows(round).await
}

async fn take_rows<N: Neighbour>(
    round: &mut Round<'_, N>,
    mut cursor: CentralCursor,
) -> Result<(), ExchangeError<N::Error>> {
    let begun = cursor;
    let mut refused = Refused::new();
    loop {
        let page = round
            .central
            .rows(cursor.rev)
            .await
            .map_err(ExchangeError::Call)?;
        let Some(rev) = page.last().map(|row| row.rev).filter(|rev| *rev > cursor.rev) else {
            break;
        };
        take(round, page, &mut refused).await?;
        cursor.rev = rev;
        // After a cut it begins with the first that is not settled.
        let unsettled = refused.values().map(|row| row.rev.saturating_sub(1)).min();
        let rev = unsettled.map_or(rev, |unsettled| unsettled.min(rev));
        round
            .store
            .keep_central_cursor(CentralCursor { rev, ..cursor })
            .await?;
    }
    settle(round, refused).await?;
    if cursor != begun {
        round.store.keep_central_cursor(cursor).await?;
    }
    Ok(())
}

async fn take<N: Neighbour>(
    round: &mut Round<'_, N>,
    rows: Vec<SharedRow>,
    refused: &mut Refused,
) -> Result<(), ExchangeError<N::Error>> {
    for row in rows {
        round.holds_first().await?;
        let key = (row.kind, row.key.clone());
        // A newer one has come.
        refused.remove(&key);
        match round.store.take_row(row.clone(), Take::First, round.now).await? {
            TakenRow::Here => round.done.rows_came += 1,
            TakenRow::Newer => {}
            TakenRow::Refused => {
                refused.insert(key, row);
            }
        }
    }
    Ok(())
}

/// What one row holds the next one may have let go: only what fits beside none of them is a conflict.
async fn settle<N: Neighbour>(
    round: &mut Round<'_, N>,
    mut refused: Refused,
) -> Result<(), ExchangeError<N::Error>> {
    loop {
        let before = refused.len();
        let mut rows: Vec<SharedRow> = refused.drain().map(|(_, row)| row).collect();
        rows.sort_by_key(|row| row.rev);
        take(round, rows, &mut refused).await?;
        if refused.len() == before {
            break;
        }
    }
    for (_, row) in refused {
        round.store.take_row(row, Take::Last, round.now).await?;
        round.done.conflicts += 1;
    }
    Ok(())
}

async fn offer_rows<N: Neighbour>(round: &mut Round<'_, N>) -> Result<(), ExchangeError<N::Error>> {
    let mut after = 0;
    // Every page is another one; the bound is for changes that are faster than the link.
    for _ in 0..10_000 {
        round.holds_first().await?;
        let page = round.store.rows_to_offer(after, MAX_ROWS).await?;
        let answers = central_offer(round.central, &page).await?;
        if answers.is_empty() {
            break;
        }
        for (row, answer) in page.into_iter().zip(answers) {
            after = row.rev;
            match answer {
                Offered::Taken => {
                    round.done.rows_went += 1;
                    round.store.agree_row(row.kind, &row.key, row.version).await?;
                }
                // It is offered again in each round: what it does not fit beside may change.
                Offered::Refused => round.done.conflicts += 1,
                Offered::Lost(stands) => {
                    round.done.conflicts += u64::from(row.kind != RowKind::Conflict);
                    // Changed here once more meanwhile: that is offered in its turn.
                    round
                        .store
                        .take_row(*stands, Take::Instead(row.version), round.now)
                        .await?;
                }
            }
        }
    }
    Ok(())
}

async fn central_offer<N: Neighbour>(
    central: &N,
    page: &[SharedRow],
) -> Result<Vec<Offered>, ExchangeError<N::Error>> {
    if page.is_empty() {
        return Ok(Vec::new());
    }
    central.offer(page).await.map_err(ExchangeError::Call)
}
