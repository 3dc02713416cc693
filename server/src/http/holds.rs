//! `/holds`: what may not be picked, confirmed or used.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use sparhund_shared::event::{Event, Hold, HoldText, Holding, Releasing};
use sparhund_shared::identity::{Lot, Serial, UdiDi};
use sparhund_shared::log::{HoldId, UserId};
use utoipa::ToSchema;

use super::extract::{Body, Path};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::Signed;
use crate::ingest::OwnLogError;
use crate::ops::{new_uuid, now_ms};

/// Products one hold may name.
const MAX_DIS: usize = 100;

/// A hold to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewHold {
    /// Products, each by an identifier of any packaging level; the other levels are added from the catalogue.
    #[schema(value_type = Vec<String>, example = json!(["GS1:07350000000016"]))]
    pub dis: Vec<UdiDi>,
    /// Only this lot; every lot when absent.
    #[schema(value_type = Option<String>)]
    pub lot: Option<Lot>,
    /// Only this serial; every serial when absent.
    #[schema(value_type = Option<String>)]
    pub serial: Option<Serial>,
    /// Why, with the reference of the notice.
    pub reason: HoldText,
}

/// Why a hold is lifted.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReleaseHold {
    /// Why.
    pub reason: HoldText,
}

/// Lists the holds, lifted ones included
#[utoipa::path(get, path = "/holds", tag = "holds",
    responses((status = OK, body = Vec<Hold>, description = "Every hold")))]
pub async fn list_holds(State(state): State<AppState>) -> ApiResult<Json<Vec<Hold>>> {
    Ok(Json(state.store.holds().await?))
}

/// Sets a hold
///
/// It applies to goods at hand and to goods that come later.
#[utoipa::path(post, path = "/holds", tag = "holds", request_body = NewHold,
    responses((status = CREATED, body = Hold, description = "The hold, in force")))]
pub async fn create_hold(
    State(state): State<AppState>,
    Signed(user): Signed,
    Body(new): Body<NewHold>,
) -> ApiResult<(StatusCode, Json<Hold>)> {
    let hold = set_hold(&state, user.id, new).await?;
    Ok((StatusCode::CREATED, Json(hold)))
}

/// Lifts a hold; another person than set it must do that
#[utoipa::path(post, path = "/holds/{id}/release", tag = "holds", params(("id" = HoldId, Path)),
    request_body = ReleaseHold, responses((status = OK, body = Hold, description = "The hold, lifted")))]
pub async fn release_hold(
    State(state): State<AppState>,
    Signed(user): Signed,
    Path(id): Path<HoldId>,
    Body(release): Body<ReleaseHold>,
) -> ApiResult<Json<Hold>> {
    lift_hold(&state, user.id, id, release.reason).await.map(Json)
}

/// The hold as it would stand if it were set now.
pub async fn planned_hold(state: &AppState, by: UserId, new: NewHold) -> ApiResult<Hold> {
    if !(1..=MAX_DIS).contains(&new.dis.len()) {
        let detail = format!("a hold names 1 to {MAX_DIS} products; set several holds for more");
        return Err(Problem::invalid(vec![FieldError::new("/dis", detail)]));
    }
    let now = now_ms();
    Ok(Hold {
        id: HoldId(new_uuid(now)?),
        dis: all_levels(state, new.dis).await?,
        lot: new.lot,
        serial: new.serial,
        reason: new.reason,
        set_at: now,
        set_by: by,
        released_at: None,
        released_by: None,
        release_reason: None,
    })
}

/// Writes a hold into the server's own log; the console calls it too.
pub async fn set_hold(state: &AppState, by: UserId, new: NewHold) -> ApiResult<Hold> {
    let planned = planned_hold(state, by, new).await?;
    let hold = planned.id;
    let holding = Holding {
        hold,
        dis: planned.dis,
        lot: planned.lot,
        serial: planned.serial,
        reason: planned.reason,
    };
    let told = Event::Hold(holding);
    state.own_log.append(told, by, planned.set_at).await?;
    tracing::info!(hold.id = %hold, "hold set");
    find(state, hold).await
}

/// Writes the end of a hold into the server's own log; the console calls it too.
pub async fn lift_hold(state: &AppState, by: UserId, id: HoldId, reason: HoldText) -> ApiResult<Hold> {
    let hold = find(state, id).await?;
    if hold.released_at.is_some() {
        return Err(Problem::new(
            Code::Conflict,
            "the hold is lifted already; nothing was changed",
        ));
    }
    if hold.set_by == by {
        return Err(Problem::new(
            Code::SamePerson,
            "you set this hold yourself; ask another quality officer to lift it",
        ));
    }
    let releasing = Releasing { hold: id, reason };
    state
        .own_log
        .append(Event::Release(releasing), by, now_ms())
        .await?;
    tracing::info!(hold.id = %id, "hold lifted");
    find(state, id).await
}

async fn find(state: &AppState, id: HoldId) -> ApiResult<Hold> {
    let holds = state.store.holds().await?;
    holds
        .into_iter()
        .find(|hold| hold.id == id)
        .ok_or_else(|| Problem::not_found("hold with this id"))
}

/// Every packaging level of the products: a hold on the box holds the piece. Unknown identifiers stay: their goods
/// may come tomorrow.
async fn all_levels(state: &AppState, named: Vec<UdiDi>) -> ApiResult<Vec<UdiDi>> {
    let mut dis = named;
    for at in 0..dis.len() {
        if let Some(article) = state.store.article_by_di(&dis[at]).await? {
            dis.extend(article.packagings.into_iter().map(|level| level.di));
        }
    }
    dis.sort_unstable();
    dis.dedup();
    Ok(dis)
}

impl From<OwnLogError> for Problem {
    fn from(error: OwnLogError) -> Self {
        match error {
            OwnLogError::Store(error) => error.into(),
            other => Self::internal(&other),
        }
    }
}
