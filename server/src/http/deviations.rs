//! `/deviations`: what does not add up and waits for a person.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::extract::Query;
use super::page::Slice;
use super::problem::ApiResult;
use super::state::AppState;
use crate::store::DeviationRow;

/// How many deviations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviationsQuery {
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Lists open deviations
#[utoipa::path(get, path = "/deviations", tag = "deviations", params(DeviationsQuery),
    responses((status = OK, body = Vec<DeviationRow>, description = "Newest first")))]
pub async fn list_deviations(
    State(state): State<AppState>,
    Query(query): Query<DeviationsQuery>,
) -> ApiResult<Json<Vec<DeviationRow>>> {
    Ok(Json(
        state
            .store
            .deviations(Slice::new(None, query.limit).limit)
            .await?,
    ))
}
