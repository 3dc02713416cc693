//! `/devices/{id}/quarantine`: what came from a device after it was revoked.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sparhund_shared::event::{Event, HoldText};
use sparhund_shared::log::{DeviceId, EventId, UserId};
use utoipa::{IntoParams, ToSchema};

use super::audit::note_read;
use super::extract::{Body, Path, Query};
use super::problem::{ApiResult, Problem};
use super::state::AppState;
use crate::auth::Signed;
use crate::ops::now_ms;
use crate::store::{Device, QuarantineDecided, QuarantineDecision, ReadOf, Verdict};

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

/// A part of what waits, and what was decided before.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineView {
    /// How many records wait in all; those that another enrolment told just the same are left out.
    pub records: u64,
    /// When the last of them came, Unix milliseconds; 0 when none waits.
    pub received_at: i64,
    /// Records in their order.
    pub waiting: Vec<Waiting>,
    /// Decisions, newest first.
    pub decided: Vec<QuarantineDecided>,
}

/// What a quality officer decides about what they were shown. Nothing that came later is decided about.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideQuarantine {
    /// Whether they enter the log, or stay aside for good.
    pub verdict: Verdict,
    /// Why.
    pub reason: HoldText,
    /// `records` of the list that was shown.
    pub records: u64,
    /// `received_at` of it.
    pub received_at: i64,
}

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuarantineQuery {
    /// Records to pass over; 0 when absent.
    offset: Option<usize>,
}

/// How many were decided about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Records.
    pub records: u64,
}

/// Records of a device that wait; the console shows them too.
pub async fn waiting(
    state: &AppState,
    by: UserId,
    device: &Device,
    offset: usize,
) -> ApiResult<QuarantineView> {
    note_read(
        state,
        by,
        ReadOf::Records,
        &format!("quarantine of log={}", device.log),
        None,
    )
    .await?;
    let page = state.store.quarantine_page(device.log, offset, SHOWN).await?;
    let waiting = page.rows.iter().map(|sealed| {
        let record = sealed.record();
        Waiting {
            seq: record.seq,
            event_id: record.event_id,
            user: record.user,
            at: record.at,
            event: record.event().ok(),
        }
    });
    Ok(QuarantineView {
        records: page.records,
        received_at: page.received_at,
        waiting: waiting.collect(),
        decided: state.store.quarantine_decided(device.log).await?,
    })
}

/// Decides about what was shown; the console calls it too.
pub async fn decide(
    state: &AppState,
    by: UserId,
    id: DeviceId,
    decision: DecideQuarantine,
) -> ApiResult<Decided> {
    let device = device(state, id).await?;
    let verdict = decision.verdict;
    let chosen = QuarantineDecision {
        verdict,
        by,
        reason: decision.reason.to_string(),
        records: decision.records,
        received_at: decision.received_at,
    };
    let records = state
        .store
        .decide_quarantine(device.log, chosen, now_ms())
        .await?;
    tracing::info!(
        // The reason stands in the table alone: people write names there.
        device.id = %id, user.id = %by, ?verdict, records, "quarantine decided"
    );
    Ok(Decided { records })
}

/// The device with this id.
pub async fn device(state: &AppState, id: DeviceId) -> ApiResult<Device> {
    let device = state.store.device(id).await?;
    device.ok_or_else(|| Problem::not_found("device with this id"))
}

/// Lists what came from a device after it was revoked, 500 records at a time
#[utoipa::path(get, path = "/devices/{id}/quarantine", tag = "devices", params(("id" = DeviceId, Path), QuarantineQuery),
    responses((status = OK, body = QuarantineView, description = "Records that wait, in their order, and what was decided")))]
pub async fn list_quarantine(
    State(state): State<AppState>,
    Signed(user): Signed,
    Path(id): Path<DeviceId>,
    Query(query): Query<QuarantineQuery>,
) -> ApiResult<Json<QuarantineView>> {
    let device = device(&state, id).await?;
    waiting(&state, user.id, &device, query.offset.unwrap_or(0))
        .await
        .map(Json)
}

/// Takes in, or leaves aside for good, what was shown of what came from a device after it was revoked
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
