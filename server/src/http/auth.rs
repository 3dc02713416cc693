//! `/auth`: signing in, staying signed in, signing out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sparhund_shared::wire::{Refresh, SignIn, Tokens};

use super::client::ClientIp;
use super::extract::Body;
use super::problem::ApiResult;
use super::state::AppState;
use crate::auth;

/// Signs a person in
///
/// Unknown names, wrong passwords and closed accounts get the same answer.
#[utoipa::path(post, path = "/auth/sign-in", tag = "auth", request_body = SignIn,
    responses((status = OK, body = Tokens, description = "A pair of tokens")))]
pub async fn sign_in(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    Body(SignIn { login, password }): Body<SignIn>,
) -> ApiResult<Json<Tokens>> {
    let account = auth::sign_in(&state, &login, &password, address).await?;
    auth::issue(&state, account).await.map(Json)
}

/// Exchanges a refresh token for a new pair
///
/// A refresh token can be used once, and ends when the password changes.
#[utoipa::path(post, path = "/auth/refresh", tag = "auth", request_body = Refresh,
    responses((status = OK, body = Tokens, description = "A new pair of tokens")))]
pub async fn refresh_tokens(
    State(state): State<AppState>,
    Body(Refresh { refresh }): Body<Refresh>,
) -> ApiResult<Json<Tokens>> {
    auth::refresh(&state, &refresh).await.map(Json)
}

/// Uses a refresh token up
#[utoipa::path(post, path = "/auth/sign-out", tag = "auth", request_body = Refresh,
    responses((status = NO_CONTENT, description = "The refresh token can no longer be used")))]
pub async fn sign_out(
    State(state): State<AppState>,
    Body(Refresh { refresh }): Body<Refresh>,
) -> ApiResult<StatusCode> {
    auth::sign_out(&state, &refresh).await?;
    Ok(StatusCode::NO_CONTENT)
}
