//! Signing in, staying signed in and signing out.

use std::net::IpAddr;

use sparhund_shared::log::Hash;
use sparhund_shared::wire;

use super::throttle::{Subject, Wait};
use super::tokens::{Session, stamp};
use crate::http::{AppState, Code, Problem};
use crate::ops::now_ms;
use crate::store::Account;

/// Seconds an access token lasts.
pub const ACCESS_SECONDS: u64 = 900;
/// Seconds a browser's session lasts at most, however much it is used: a long shift.
pub const SESSION_SECONDS: u64 = 12 * 3_600;
/// How long a refresh token can wait to be used: a week's work, holidays not included.
const REFRESH_MS: i64 = 7 * 24 * 3_600_000;
/// How long somebody stays signed in on a handheld at most, however often the tokens are refreshed.
const STAY_MS: i64 = 30 * 24 * 3_600_000;

/// The person with this name and password. Unknown names, wrong passwords and closed accounts get one answer.
///
/// The log says who or whence, never what was typed: people type passwords into the field for the name.
pub async fn sign_in(
    state: &AppState,
    login: &str,
    password: &str,
    address: IpAddr,
) -> Result<Account, Problem> {
    let login = login.trim();
    state
        .throttle
        .attempt(Subject::Login(login), address, now_ms())
        .inspect_err(|_| tracing::warn!(client.address = %address, "sign-in slowed down"))?;
    let account = state.store.account(login).await?.filter(|account| account.active);
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = state.passwords.verify(password.to_owned(), hash).await;
    match account {
        Some(account) if right => {
            state.throttle.succeeded(Subject::Login(login), address);
            tracing::info!(user.id = %account.user.id, client.address = %address, "signed in");
            Ok(account)
        }
        account => {
            let user = account.map(|account| account.user.id.to_string());
            tracing::warn!(user.id = user, client.address = %address, "sign-in refused");
            Err(Problem::new(
                Code::Unauthenticated,
                "the name or the password is wrong; after five attempts you must wait some minutes",
            ))
        }
    }
}

/// A pair of tokens for a person who signed in just now.
pub async fn issue(state: &AppState, account: Account) -> Result<wire::Tokens, Problem> {
    let session = Session::begin(now_ms())?;
    pair(state, account, session).await
}

async fn pair(state: &AppState, account: Account, session: Session) -> Result<wire::Tokens, Problem> {
    let now = now_ms();
    let end = (now + REFRESH_MS).min(session.since + STAY_MS);
    let access = state.tokens.user(&account, session, now)?;
    let refresh = state.tokens.refresh(&account, session, now, end)?;
    state
        .store
        .keep_refresh(refresh_hash(&refresh, &account), account.user.id, end)
        .await?;
    Ok(wire::Tokens {
        access,
        expires_in: ACCESS_SECONDS,
        refresh,
        user: account.user,
    })
}

/// A new pair for a refresh token, which is used up. One that is shown again was copied by somebody: its session ends,
/// for whoever holds the newer one too.
pub async fn refresh(state: &AppState, refresh: &str) -> Result<wire::Tokens, Problem> {
    let refused = || {
        Problem::new(
            Code::Unauthenticated,
            "the refresh token is unknown, used or too old; sign in again",
        )
    };
    let (id, session) = state.tokens.read_refresh(refresh).map_err(|_| refused())?;
    let account = state
        .store
        .account_in_session(id, session.id, session.since)
        .await?
        .ok_or_else(refused)?;
    let taken = state
        .store
        .take_refresh(refresh_hash(refresh, &account), now_ms())
        .await?;
    if taken != Some(id) {
        tracing::warn!(user.id = %id, "a refresh token was shown again, or is of an old password: its session ends");
        end(state, session).await?;
        return Err(refused());
    }
    pair(state, account, session).await
}

/// Ends the session of a refresh token, used or not. Signing out twice is no mistake.
pub async fn sign_out(state: &AppState, refresh: &str) -> Result<(), Problem> {
    let Ok((id, session)) = state.tokens.read_refresh(refresh) else {
        return Ok(());
    };
    tracing::info!(user.id = %id, "signed out");
    end(state, session).await
}

/// Ends a session: no token of it is believed from now on.
pub async fn end(state: &AppState, session: Session) -> Result<(), Problem> {
    let until = session.since + STAY_MS;
    Ok(state.store.end_session(session.id, until, now_ms()).await?)
}

/// What is kept of a refresh token. The password's stamp is mixed in: a new password ends every session.
fn refresh_hash(refresh: &str, account: &Account) -> [u8; 32] {
    let text = format!("{refresh}\u{0}{}", stamp(account));
    Hash::of("sparhund/refresh/1", text.as_bytes()).0
}

impl From<Wait> for Problem {
    fn from(wait: Wait) -> Self {
        Self::new(Code::Throttled, wait.to_string()).retry_after(wait.seconds)
    }
}
