//! `/patient-seals` and `/patient-tokens`: what the patient-link service fetches, and what it makes of it.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Body, Query};
use super::problem::{ApiResult, FieldError, Problem};
use super::state::AppState;
use crate::store::{INCARNATION_SETTING, SealRow, TokenRow};

/// Most seals of a page, and most tokens of a call.
const MOST: usize = 500;

/// Which seals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SealQuery {
    /// Only those with a greater number; all when absent.
    after: Option<u64>,
    /// Most seals, 1 to 500.
    limit: Option<usize>,
}

/// Seals in the order in which they came.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SealPage {
    /// Life of the database: in another one the numbers mean others.
    pub incarnation: String,
    /// The seals; fewer than were asked for when there are no more.
    pub seals: Vec<SealRow>,
}

/// What was made of seals.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Tokens {
    /// At most 500.
    pub tokens: Vec<TokenRow>,
}

/// How it went.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TokensKept {
    /// Tokens of seals that are here. The others belong to seals that do not count any more.
    pub kept: u64,
}

/// Lists sealed identities of patients
#[utoipa::path(get, path = "/patient-seals", tag = "patients", params(SealQuery),
    responses((status = OK, body = SealPage, description = "Seals, which only the patient-link service opens")))]
pub async fn list_patient_seals(
    State(state): State<AppState>,
    Query(query): Query<SealQuery>,
) -> ApiResult<Json<SealPage>> {
    let limit = query.limit.unwrap_or(MOST).clamp(1, MOST);
    // First: a page of another life is asked for again.
    let incarnation = state.store.setting(INCARNATION_SETTING).await?;
    let seals = state.store.patient_seals(query.after.unwrap_or(0), limit).await?;
    Ok(Json(SealPage {
        incarnation: incarnation.unwrap_or_default(),
        seals,
    }))
}

/// Keeps the tokens of patients
///
/// The same again changes nothing.
#[utoipa::path(post, path = "/patient-tokens", tag = "patients", request_body = Tokens,
    responses((status = OK, body = TokensKept, description = "Kept")))]
pub async fn keep_patient_tokens(
    State(state): State<AppState>,
    Body(body): Body<Tokens>,
) -> ApiResult<Json<TokensKept>> {
    if body.tokens.len() > MOST {
        return Err(Problem::invalid(vec![FieldError::new(
            "/tokens",
            format!("at most {MOST} tokens are taken at once; send the rest in another call"),
        )]));
    }
    let kept = state.store.keep_patient_tokens(body.tokens).await?;
    Ok(Json(TokensKept { kept }))
}
