//! Reference data between a site and the central server: first what changed there, then what changed here.

use super::{ExchangeError, Exchanged, MAX_ROWS, Neighbour};
use crate::store::{CentralCursor, Offered, RowKind, Store, TakenRow};

pub(super) async fn exchange_rows<N: Neighbour>(
    store: &dyn Store,
    central: &N,
    mut cursor: CentralCursor,
    now: i64,
    done: &mut Exchanged,
) -> Result<(), ExchangeError<N::Error>> {
    loop {
        let page = central.rows(cursor.rev).await.map_err(ExchangeError::Call)?;
        let Some(rev) = page.last().map(|row| row.rev).filter(|rev| *rev > cursor.rev) else {
            break;
        };
        let full = page.len() == MAX_ROWS;
        for row in page {
            match store.take_row(row, None, now).await? {
                TakenRow::Here => done.rows_came += 1,
                TakenRow::Newer => {}
                TakenRow::Refused => done.conflicts += 1,
            }
        }
        cursor.rev = rev;
        store.keep_central_cursor(cursor).await?;
        if !full {
            break;
        }
    }
    // Each offer ends with a row that is known there, so every page is another one; the bound is for a server that answers nonsense.
    for _ in 0..10_000 {
        let page = store.rows_to_offer(MAX_ROWS).await?;
        if page.is_empty() {
            return Ok(());
        }
        let answers = central.offer(&page).await.map_err(ExchangeError::Call)?;
        if answers.len() < page.len() {
            return Ok(());
        }
        let mut settled = false;
        for (row, answer) in page.into_iter().zip(answers) {
            match answer {
                Offered::Taken => done.rows_went += 1,
                Offered::Refused => done.conflicts += 1,
                Offered::Lost(stands) => {
                    done.conflicts += u64::from(row.kind != RowKind::Conflict);
                    // Changed here once more meanwhile: that is offered in its turn.
                    settled |= store.take_row(*stands, Some(row.version), now).await? == TakenRow::Here;
                    continue;
                }
            }
            settled = true;
            store.agree_row(row.kind, &row.key, row.version).await?;
        }
        if !settled {
            return Ok(());
        }
    }
    Ok(())
}
