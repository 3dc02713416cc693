//! `/sync/series`: numbers that a device may give to logistic units it packs, without asking for each.

use axum::Json;
use axum::extract::State;
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::{AskSeries, Series};

use super::extract::Body;
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::SignedDevice;
use crate::ops::now_ms;
use crate::store::NewSeries;

/// Hands out a series of numbers for logistic units
///
/// Each is handed out once, to one life of one device. The same again, as in a retried request, answers the same. Only the
/// central server hands them out: a site's does not know which ones others have.
#[utoipa::path(post, path = "/sync/series", tag = "sync", request_body = AskSeries,
    responses((status = OK, body = Series, description = "A series that nobody else has")))]
pub async fn next_series(
    State(state): State<AppState>,
    SignedDevice(device): SignedDevice,
    Body(asked): Body<AskSeries>,
) -> ApiResult<Json<Series>> {
    if state.link.is_some() {
        return Err(Problem::new(
            Code::Conflict,
            "the server of a site hands out no numbers for logistic units; use printed labels",
        ));
    }
    let rules = state.store.rules().await?;
    let is_ours =
        |rule: &Rule| matches!(rule, Rule::CompanyPrefix { prefix } if *prefix == asked.prefix.as_str());
    if !rules.iter().any(is_ours) {
        let why = "this is not the company prefix of the region; synchronise and ask again";
        return Err(Problem::invalid(vec![FieldError::new("/prefix", why)]));
    }
    let store = &state.store;
    let given = store
        .next_series(device.log, asked.prefix.clone(), asked.after, now_ms())
        .await?;
    match given {
        NewSeries::Given(no) => Ok(Json(Series {
            prefix: asked.prefix,
            no,
        })),
        NewSeries::TooMany => Err(Problem::new(
            Code::Conflict,
            "this device got many series today; ask again tomorrow, and look at what it does with them",
        )),
        NewSeries::UsedUp => Err(Problem::new(
            Code::Conflict,
            "every series under this company prefix is handed out; get another prefix from GS1 and set it among the rules",
        )),
    }
}
