//! Signing in and staying signed in.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sparhund_shared::log::{Hash, UserId};
use sparhund_shared::wire;

use super::throttle::Wait;
use super::tokens::stamp;
use crate::http::{AppState, Code, Problem};
use crate::ops::{now_ms, random_bytes};
use crate::store::Account;

/// Seconds an access token lasts.
pub const ACCESS_SECONDS: u64 = 900;
/// Seconds a browser's session lasts at most, however much it is used: a long shift.
pub const SESSION_SECONDS: u64 = 12 * 3_600;
/// How long a refresh token can wait to be used: a week's work, holidays not included.
const REFRESH_MS: i64 = 7 * 24 * 3_600_000;

/// The person with this name and password. Unknown names, wrong passwords and closed accounts get one answer.
pub async fn sign_in(
    state: &AppState,
    login: &str,
    password: &str,
    address: IpAddr,
) -> Result<Account, Problem> {
    let login = login.trim();
    state.throttle.attempt(login, address, now_ms())?;
    let account = state.store.account(login).await?.filter(|account| account.active);
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = state.passwords.verify(password.to_owned(), hash).await;
    match account {
        Some(account) if right => {
            state.throttle.succeeded(login, address);
            Ok(account)
        }
        _ => Err(Problem::new(
            Code::Unauthenticated,
            "the name or the password is wrong; after five attempts you must wait some minutes",
        )),
    }
}

/// A pair of tokens for a person.
pub async fn issue(state: &AppState, account: Account) -> Result<wire::Tokens, Problem> {
    let now = now_ms();
    let access = state.tokens.user(&account, now)?;
    let secret: [u8; 32] = random_bytes()?;
    let refresh = format!(
        "{}.{}",
        account.user.id.0.simple(),
        URL_SAFE_NO_PAD.encode(secret)
    );
    state
        .store
        .keep_refresh(
            refresh_hash(&refresh, &account),
            account.user.id,
            now + REFRESH_MS,
        )
        .await?;
    Ok(wire::Tokens {
        access,
        expires_in: ACCESS_SECONDS,
        refresh,
        user: account.user,
    })
}

/// A new pair for a refresh token, which is used up.
pub async fn refresh(state: &AppState, refresh: &str) -> Result<wire::Tokens, Problem> {
    let account = take(state, refresh).await?.filter(|account| account.active);
    match account {
        Some(account) => issue(state, account).await,
        None => Err(Problem::new(
            Code::Unauthenticated,
            "the refresh token is unknown, used or too old; sign in again",
        )),
    }
}

/// Uses a refresh token up. Signing out twice is no mistake.
pub async fn sign_out(state: &AppState, refresh: &str) -> Result<(), Problem> {
    take(state, refresh).await.map(drop)
}

async fn take(state: &AppState, refresh: &str) -> Result<Option<Account>, Problem> {
    let Some(id) = refresh.split_once('.').and_then(|(id, _)| id.parse().ok()) else {
        return Ok(None);
    };
    let Some(account) = state.store.account_by_id(UserId(id)).await? else {
        return Ok(None);
    };
    let owner = state
        .store
        .take_refresh(refresh_hash(refresh, &account), now_ms())
        .await?;
    Ok(owner.filter(|owner| *owner == account.user.id).map(|_| account))
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
