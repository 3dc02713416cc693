//! `/devices/{id}/quarantine`: what came from a device after it was revoked.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sparhund_shared::event::{Event, HoldText};
use sparhund_shared::log::{DeviceId, EventId, UserId};
use utoipa::ToSchema;

use super::audit::note_read;
use super::extract::{Body, Path};
use super::problem::{ApiResult, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::Signed;
use crate::ops::now_ms;
use crate::store::{Device, QuarantineDecision, ReadOf};

/// Most records shown at a time.
pub const SHOWN: usize = 500;

/// A record that waits for a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// Its place in the device's log.
    pub seq: u64,
    /// What it tells.
    pub event_id: EventId,
    /// Who is said to have done it.
    pub user: UserId,
    /// When, by the device's clock, Unix milliseconds.
    pub at: i64,
    /// The event; `null` when this version cannot read it.
    #[schema(value_type = Option<Object>)]
    pub event: Option<Event>,
}

/// What a quality officer decides.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideQuarantine {
    /// Whether they enter the log; otherwise they stay aside for good.
    pub take_in: bool,
    /// Why.
    pub reason: HoldText,
}

/// How many were decided about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Records.
    pub records: u64,
}

/// Records of a device that wait; the console shows them too.
pub async fn waiting(state: &AppState, by: UserId, device: &Device) -> ApiResult<Vec<Waiting>> {
    note_read(
        state,
        by,
        ReadOf::Records,
        &format!("quarantine of log={}", device.log),
        None,
    )
    .await?;
    let page = state.store.quarantine_page(device.log, SHOWN).await?;
    let waiting = page.iter().map(|sealed| {
        let record = sealed.record();
        Waiting {
            seq: record.seq,
            event_id: record.event_id,
            user: record.user,
            at: record.at,
            event: record.event().ok(),
        }
    });
    Ok(waiting.collect())
}

/// Decides about all that waits; the console calls it too.
pub async fn decide(
    state: &AppState,
    by: UserId,
    id: DeviceId,
    decision: DecideQuarantine,
) -> ApiResult<Decided> {
    let device = device(state, id).await?;
    let DecideQuarantine { take_in, reason } = decision;
    let chosen = if take_in {
        QuarantineDecision::TakeIn
    } else {
        QuarantineDecision::Reject {
            by,
            reason: reason.to_string(),
        }
    };
    let records = state
        .store
        .decide_quarantine(device.log, chosen, now_ms())
        .await?;
    if records == 0 {
        return Err(Problem::new(
            Code::Conflict,
            "no record of this device waits; somebody may have decided meanwhile",
        ));
    }
    tracing::info!(device.id = %id, user.id = %by, take_in, records, reason = %reason, "quarantine decided");
    Ok(Decided { records })
}

/// The device with this id.
pub async fn device(state: &AppState, id: DeviceId) -> ApiResult<Device> {
    let device = state.store.device(id).await?;
    device.ok_or_else(|| Problem::not_found("device with this id"))
}

/// Lists what came from a device after it was revoked, at most 500 records
#[utoipa::path(get, path = "/devices/{id}/quarantine", tag = "devices", params(("id" = DeviceId, Path)),
    responses((status = OK, body = Vec<Waiting>, description = "Records that wait, in their order")))]
pub async fn list_quarantine(
    State(state): State<AppState>,
    Signed(user): Signed,
    Path(id): Path<DeviceId>,
) -> ApiResult<Json<Vec<Waiting>>> {
    let device = device(&state, id).await?;
    waiting(&state, user.id, &device).await.map(Json)
}

/// Takes in, or leaves aside for good, all that came from a device after it was revoked
#[utoipa::path(post, path = "/devices/{id}/quarantine", tag = "devices", params(("id" = DeviceId, Path)),
    request_body = DecideQuarantine, responses((status = OK, body = Decided, description = "How many records")))]
pub async fn decide_quarantine(
    State(state): State<AppState>,
    Signed(user): Signed,
    Path(id): Path<DeviceId>,
    Body(decision): Body<DecideQuarantine>,
) -> ApiResult<Json<Decided>> {
    decide(&state, user.id, id, decision).await.map(Json)
}
