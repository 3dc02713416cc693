//! `/sync`: heads are compared, reference data flows down.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::ACCEPT_ENCODING;
use serde::Deserialize;
use sparhund_shared::log::{LogId, PublicKey, SignedHead};
use sparhund_shared::wire::{Covered, FeedPage, Heads, HeadsAnswer, MAX_FEED_PAGE, Topic};
use utoipa::IntoParams;

use super::extract::{Body, Path, Query};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::SignedDevice;
use crate::ops::now_ms;
use crate::store::{Device, INCARNATION_SETTING};

/// Heads one heartbeat may tell; a device writes one log.
const MAX_HEADS: usize = 16;

/// Tells the ends of a device's log and learns the server's
///
/// Also the heartbeat: the clock's offset and the age of the device's hold list are noted.
#[utoipa::path(post, path = "/sync/heads", tag = "sync", request_body = Heads,
    responses((status = OK, body = HeadsAnswer, description = "What the server holds of the same logs",
        headers(("accept-encoding", description = "How an upload of records may be compressed (RFC 7694): `gzip`")))))]
pub async fn exchange_heads(
    State(state): State<AppState>,
    SignedDevice(device): SignedDevice,
    Body(told): Body<Heads>,
) -> ApiResult<([(HeaderName, &'static str); 1], Json<HeadsAnswer>)> {
    if told.heads.len() > MAX_HEADS {
        let detail = format!("at most {MAX_HEADS} heads at a time; a device writes one log");
        return Err(Problem::invalid(vec![FieldError::new("/heads", detail)]));
    }
    for head in &told.heads {
        own(&device, head.head.log)?;
        verify(head, &device.key)?;
    }
    let now = now_ms();
    state
        .store
        .heartbeat(device.id, now, told.now.saturating_sub(now), told.holds)
        .await?;
    let heads = state.store.heads(&[device.log]).await?;
    let covered = state.store.covered(device.log).await?;
    let incarnation = state.store.setting(INCARNATION_SETTING).await?;
    let answer = HeadsAnswer {
        heads,
        now,
        incarnation: incarnation.and_then(|id| id.parse().ok()),
        // Until a backup is verified, no record may be forgotten by its device.
        covered: vec![Covered {
            log: device.log,
            seq: covered,
        }],
    };
    Ok(([(ACCEPT_ENCODING, "gzip")], Json(answer)))
}

/// Where to go on in a feed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// Cursor of the last page; 0 or absent for everything.
    after: Option<u64>,
    /// Most rows, 1 to 2000.
    limit: Option<usize>,
}

/// Gets changes of reference data after a cursor
#[utoipa::path(get, path = "/sync/feed/{topic}", tag = "sync", params(("topic" = Topic, Path), FeedQuery),
    responses((status = OK, body = FeedPage, description = "Changed rows, and count and digest of the whole topic")))]
pub async fn get_feed(
    State(state): State<AppState>,
    Path(topic): Path<Topic>,
    Query(query): Query<FeedQuery>,
) -> ApiResult<Json<FeedPage>> {
    let limit = query.limit.unwrap_or(MAX_FEED_PAGE).clamp(1, MAX_FEED_PAGE);
    Ok(Json(
        state.store.feed(topic, query.after.unwrap_or(0), limit).await?,
    ))
}

/// A device speaks for its own log only.
pub(super) fn own(device: &Device, log: LogId) -> ApiResult<()> {
    if device.log == log {
        return Ok(());
    }
    Err(Problem::new(
        Code::Forbidden,
        format!("log {log} is not this device's; a device that was set up anew must be enrolled anew"),
    ))
}

fn verify(head: &SignedHead, key: &PublicKey) -> ApiResult<()> {
    head.verify(key)
        .map_err(|error| Problem::new(Code::BadSignature, error.to_string()))
}
