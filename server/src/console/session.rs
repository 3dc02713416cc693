//! Who a browser belongs to: a token of its own kind in a cookie that scripts cannot read and other sites cannot send with a
//! form. It lasts as long as an access token from the last page, and twelve hours from signing in at most.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sparhund_shared::text::Lang;

use super::access::refusal;
use super::context::Visitor;
use super::failure::{ToDraw, drawable};
use super::layout;
use super::texts::texts;
use crate::auth::{self, ACCESS_SECONDS, Session};
use crate::http::{AppState, Code};
use crate::ops::{NoRandomness, now_ms, random_bytes};
use crate::store::Account;

const SESSION: &str = "sparhund_session";
const CSRF: &str = "sparhund_form";
const LANGUAGE: &str = "sparhund_language";
/// A language is remembered for a year, in seconds.
const YEAR: u64 = 31_536_000;

/// Knows the visitor before the page, runs it for those who may, and draws failures and keeps the session alive after it.
pub(super) async fn session(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let lang = language(headers);
    let known = cookie(headers, &name(&state, CSRF)).filter(|token| token.len() >= 20);
    let fresh = known.is_none();
    let csrf = match known {
        Some(token) => token.to_owned(),
        None => match random_text() {
            Ok(text) => text,
            Err(error) => return crate::http::Problem::internal(&error).into_response(),
        },
    };
    let (account, session) = match cookie(headers, &name(&state, SESSION)) {
        Some(token) => auth::person(&state, token).await.ok().unzip(),
        None => (None, None),
    };
    let here = request
        .uri()
        .path_and_query()
        .map_or_else(|| "/console/".to_owned(), ToString::to_string);
    let visitor = Visitor {
        texts: texts(lang),
        csrf,
        account: account.map(Arc::new),
        session,
        here,
    };
    let path = request.extensions().get::<MatchedPath>();
    let refused = path.and_then(|path| refusal(request.method(), path.as_str(), &visitor));
    let response = if let Some(refusal) = refused {
        refusal
    } else {
        request.extensions_mut().insert(visitor.clone());
        next.run(request).await
    };
    let mut response = drawn(response, &state, &visitor).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    let sets = |headers: &HeaderMap, base| {
        let name = name(&state, base);
        let mut cookies = headers.get_all(header::SET_COOKIE).iter();
        cookies.any(|cookie| is(cookie, &name))
    };
    if fresh && !sets(headers, CSRF) {
        set(headers, &state, CSRF, &visitor.csrf, "Strict", None);
    }
    if let (Some(account), Some(session)) = (&visitor.account, visitor.session)
        && !sets(headers, SESSION)
    {
        keep(headers, &state, account, session);
    }
    response
}

/// A failure as a page in the visitor's language.
async fn drawn(mut response: Response, state: &AppState, visitor: &Visitor) -> Response {
    let status = response.status();
    let to_draw = response.extensions_mut().remove::<Arc<ToDraw>>();
    if to_draw.is_none() && (!drawable(status) || response.headers().contains_key(header::CONTENT_TYPE)) {
        return response;
    }
    let (code, why) = to_draw.map_or_else(
        || (Code::BadRequest, String::new()),
        |found| (found.0, found.1.clone()),
    );
    let page = layout::failure(state, visitor, code, &why).await;
    let mut drawn = (status, page).into_response();
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        drawn.headers_mut().insert(header::ALLOW, allow);
    }
    drawn
}

/// Gives the browser a session of this person, from now, and another token for its forms: neither was known to
/// whoever used the browser, or planted cookies in it, before.
pub(super) fn sign(
    headers: &mut HeaderMap,
    state: &AppState,
    account: &Account,
) -> Result<(), crate::http::Problem> {
    let session = Session::begin(now_ms())?;
    keep(headers, state, account, session);
    set(headers, state, CSRF, &random_text()?, "Strict", None);
    Ok(())
}

/// Makes a session last on.
fn keep(headers: &mut HeaderMap, state: &AppState, account: &Account, session: Session) {
    if let Ok(token) = state.tokens.page(account, session, now_ms()) {
        set(headers, state, SESSION, &token, "Lax", Some(ACCESS_SECONDS));
    }
}

fn random_text() -> Result<String, NoRandomness> {
    random_bytes::<18>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// Takes the session out of the browser.
pub(super) fn forget(headers: &mut HeaderMap, state: &AppState) {
    set(headers, state, SESSION, "", "Lax", Some(0));
}

/// Remembers the language.
pub(super) fn remember(headers: &mut HeaderMap, state: &AppState, lang: Lang) {
    set(headers, state, LANGUAGE, lang.tag(), "Lax", Some(YEAR));
}

fn language(headers: &HeaderMap) -> Lang {
    // The language tells nothing about anybody, so its cookie needs no protected name.
    let remembered = [LANGUAGE, &format!("__Host-{LANGUAGE}")]
        .into_iter()
        .find_map(|name| cookie(headers, name));
    match remembered {
        Some("sv") => Lang::Sv,
        Some("en") => Lang::En,
        _ => headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or(Lang::Sv, Lang::negotiate),
    }
}

/// Over HTTPS the name says that no other host may have set it (RFC 6265bis section 4.1.3.2).
fn name(state: &AppState, base: &str) -> String {
    if state.site.secure {
        format!("__Host-{base}")
    } else {
        base.to_owned()
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

fn is(cookie: &HeaderValue, name: &str) -> bool {
    cookie
        .to_str()
        .is_ok_and(|text| text.split('=').next() == Some(name))
}

fn set(
    headers: &mut HeaderMap,
    state: &AppState,
    base: &str,
    value: &str,
    same_site: &str,
    age: Option<u64>,
) {
    let secure = if state.site.secure { "; Secure" } else { "" };
    let age = age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let text = format!(
        "{}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{age}",
        name(state, base)
    );
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.append(header::SET_COOKIE, value);
    }
}
