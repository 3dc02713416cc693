//! `/sync`: heads are compared, reference data flows down.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::ACCEPT_ENCODING;
use serde::Deserialize;
use sparhund_shared::wire::{FeedPage, Heads, HeadsAnswer, MAX_FEED_PAGE, Peer as _, Topic};
use utoipa::IntoParams;

use super::extract::{Body, Path, Query};
use super::problem::ApiResult;
use super::state::AppState;
use crate::auth::SignedDevice;
use crate::ingest::DeviceEnd;
use crate::ops::now_ms;
use crate::store::Device;

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
    let answer = end(&state, &device).heads(&told).await?;
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

/// The protocol as this device may speak it now.
pub(super) fn end<'a>(state: &'a AppState, device: &'a Device) -> DeviceEnd<'a> {
    DeviceEnd {
        store: state.store.as_ref(),
        own_log: &state.own_log,
        device,
        now: now_ms(),
        alone_since: state.link.as_ref().and_then(|link| link.alone_since()),
    }
}
