//! `/audit`: who read what about people.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::UserId;
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::page::Slice;
use super::problem::ApiResult;
use super::state::AppState;
use crate::auth::Signed;
use crate::ops::now_ms;
use crate::store::{AuditQuery, AuditRow, AuditText, NewRead, ReadOf, StoreError, TraceQuery};

/// Which reads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Only those with a smaller number; the `next` of the page before.
    before: Option<u64>,
    /// Only those of one person.
    user: Option<UserId>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// A part of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// `before` of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// Notes that a person reads something about people. To be called before it is answered: what cannot be noted is not
/// told, and the caller hears why. Where the disk takes no writes the program's own log takes the note: a recall goes on.
pub async fn note_read(
    state: &AppState,
    by: UserId,
    what: ReadOf,
    asked: &str,
    purpose: Option<&str>,
) -> ApiResult<()> {
    let read = NewRead {
        at: now_ms(),
        user: Some(by),
        what,
        asked: AuditText::of(asked),
        purpose: AuditText::of(purpose.unwrap_or_default()),
    };
    match state.store.note_read(read.clone()).await {
        Err(error @ (StoreError::DiskFull | StoreError::NotWritable(_) | StoreError::Corrupt(_))) => {
            tracing::warn!(
                user.id = %by, read.of = what.word(), read.asked = %read.asked, read.purpose = %read.purpose,
                error.message = %error, "a read about people, noted here because the store takes no note"
            );
            Ok(())
        }
        other => Ok(other?),
    }
}

/// A trace's question as it is noted.
pub fn asked_goods(query: &TraceQuery) -> String {
    let product = query.product.as_ref().map(|product| format!("product={product}"));
    let lot = query.lot.as_ref().map(|lot| format!("lot={lot}"));
    let serial = query.serial.as_ref().map(|serial| format!("serial={serial}"));
    let parts: Vec<String> = [product, lot, serial].into_iter().flatten().collect();
    parts.join(" ")
}

/// A page of the list, itself noted; the console calls it too.
pub async fn read_audit(
    state: &AppState,
    by: UserId,
    before: Option<u64>,
    user: Option<UserId>,
    limit: Option<usize>,
) -> ApiResult<AuditPage> {
    let asked = user.map(|user| format!("user={user}")).unwrap_or_default();
    note_read(state, by, ReadOf::Audit, &asked, None).await?;
    let slice = Slice::new(None, limit);
    let query = AuditQuery {
        before,
        user,
        limit: slice.limit_and_one(),
    };
    let mut rows = state.store.reads(&query).await?;
    let more = rows.len() > slice.limit;
    rows.truncate(slice.limit);
    let next = rows.last().map(|row| row.no).filter(|_| more);
    Ok(AuditPage { rows, next })
}

/// Lists who read what about people
///
/// Reading this list is noted in it.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditParams),
    responses((status = OK, body = AuditPage, description = "Newest first")))]
pub async fn list_audit(
    State(state): State<AppState>,
    Signed(by): Signed,
    Query(params): Query<AuditParams>,
) -> ApiResult<Json<AuditPage>> {
    let page = read_audit(&state, by.id, params.before, params.user, params.limit).await?;
    Ok(Json(page))
}
