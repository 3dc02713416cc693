//! The door of the API: who asks, and may they?

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sparhund_shared::reference::Role;

use super::access::{self, Access};
use super::signed::{Signed, SignedDevice, SignedSite};
use super::tokens::{Bearer, Session, TokenError, stamp};
use crate::http::{AppState, Code, Problem};
use crate::ops::now_ms;
use crate::store::{Account, Device, DeviceState, JoinedSite, PATIENT_LINK_SETTING};

/// Lets a request through when the table of [`access`] says so.
pub async fn gate(
    State(state): State<AppState>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(rule) = access::of(request.method(), path.as_str()) else {
        // The route's own answer to a wrong method also comes by here. Nothing that the table leaves out is run.
        let allow = [(header::ALLOW, access::methods(path.as_str()))];
        return Ok((StatusCode::METHOD_NOT_ALLOWED, allow).into_response());
    };
    if rule != Access::Public {
        match bearer(&state, request.headers())? {
            Bearer::Device(id) => {
                if !matches!(rule, Access::Device | Access::AnyDevice | Access::DeviceOr(_)) {
                    return Err(Problem::new(
                        Code::Forbidden,
                        "this address is for people, the token is a device's; sign in",
                    ));
                }
                let device = known_device(&state, id).await?;
                if rule != Access::AnyDevice {
                    active(&device)?;
                } else if device.state != DeviceState::Active {
                    state.throttle.revoked(device.id, now_ms())?;
                }
                request.extensions_mut().insert(SignedDevice(device));
            }
            Bearer::Site(id) => {
                if rule != Access::Site {
                    return Err(Problem::new(
                        Code::Forbidden,
                        "this address is for people and devices, the token is a site's; sign in",
                    ));
                }
                let site = known_site(&state, id).await?;
                request.extensions_mut().insert(SignedSite(Arc::new(site)));
            }
            Bearer::PatientLink(id) => {
                if rule != Access::PatientLink {
                    return Err(Problem::new(
                        Code::Forbidden,
                        "this address is not for the patient-link service, whose token this is; sign in",
                    ));
                }
                known_service(&state, id).await?;
            }
            Bearer::Page { .. } => return Err(TokenError::Rejected.into()),
            Bearer::User { id, stamp, session } => {
                let user = active_person(&state, id, &stamp, session).await?.user;
                allow(rule, &user.roles).inspect_err(|_| {
                    tracing::warn!(user.id = %user.id, http.route = path.as_str(), "refused for want of a role");
                })?;
                request.extensions_mut().insert(Signed(Arc::new(user)));
            }
        }
    }
    Ok(next.run(request).await)
}

/// The person a token names, when they may still sign in, and their session; for pages that carry the token in a cookie.
pub async fn person(state: &AppState, token: &str) -> Result<(Account, Session), Problem> {
    match state.tokens.read(token)? {
        Bearer::Page { id, stamp, session } => {
            Ok((active_person(state, id, &stamp, session).await?, session))
        }
        Bearer::User { .. } | Bearer::Device(_) | Bearer::Site(_) | Bearer::PatientLink(_) => {
            Err(TokenError::Rejected.into())
        }
    }
}

fn bearer(state: &AppState, headers: &HeaderMap) -> Result<Bearer, Problem> {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => {
            return Err(Problem::new(
                Code::Unauthenticated,
                "this address needs a token: sign in, and send the header `authorization: Bearer …`",
            ));
        }
    };
    Ok(state.tokens.read(token)?)
}

fn allow(rule: Access, has: &[Role]) -> Result<(), Problem> {
    let wanted = match rule {
        Access::Public | Access::Person => return Ok(()),
        Access::Roles(roles) | Access::DeviceOr(roles) => roles,
        Access::Device | Access::AnyDevice => {
            return Err(Problem::new(
                Code::Forbidden,
                "this address is for enrolled devices; enrol this one with a code from the console",
            ));
        }
        Access::Site => {
            return Err(Problem::new(
                Code::Forbidden,
                "this address is for the servers of sites; join with `sparhund-server join`",
            ));
        }
        Access::PatientLink => {
            return Err(Problem::new(
                Code::Forbidden,
                "this address is for the patient-link service; give it a token of `sparhund-server patient-link-token`",
            ));
        }
    };
    if wanted.iter().any(|role| has.contains(role)) {
        return Ok(());
    }
    let words: Vec<&str> = wanted.iter().map(|role| role.word()).collect();
    Err(Problem::new(
        Code::Forbidden,
        format!("this needs the role {}; ask an administrator", words.join(" or ")),
    ))
}

async fn active_person(
    state: &AppState,
    id: sparhund_shared::log::UserId,
    found: &str,
    session: Session,
) -> Result<Account, Problem> {
    state
        .store
        .account_in_session(id, session.id, session.since)
        .await?
        .filter(|account| stamp(account) == found)
        .ok_or_else(|| TokenError::Rejected.into())
}

async fn known_device(state: &AppState, id: sparhund_shared::log::DeviceId) -> Result<Arc<Device>, Problem> {
    let device = state.devices.get(state.store.as_ref(), id, now_ms()).await?;
    device.ok_or_else(|| {
        Problem::new(
            Code::Unauthenticated,
            "the device is not known here; enrol it again",
        )
    })
}

async fn known_site(state: &AppState, id: uuid::Uuid) -> Result<JoinedSite, Problem> {
    let site = state.store.site(id).await?;
    site.filter(|site| site.joined_at.is_some() && site.revoked_at.is_none())
        .ok_or_else(|| {
            Problem::new(
                Code::Unauthenticated,
                "the site is not known here, or was shut out: ask an administrator of the central server for a new code",
            )
        })
}

async fn known_service(state: &AppState, id: uuid::Uuid) -> Result<(), Problem> {
    let known = state.store.setting(PATIENT_LINK_SETTING).await?;
    if known.is_some_and(|known| known == id.to_string()) {
        return Ok(());
    }
    Err(Problem::new(
        Code::Unauthenticated,
        "another token was made for the patient-link service, or none is wanted: make a new one with \
         `sparhund-server patient-link-token`",
    ))
}

/// For a device that was taken out.
pub fn device_revoked() -> Problem {
    Problem::new(
        Code::DeviceRevoked,
        "the device was revoked; what it holds is kept on it. Ask a planner for a new enrolment code",
    )
}

fn active(device: &Device) -> Result<(), Problem> {
    match device.state {
        DeviceState::Active => Ok(()),
        DeviceState::Revoked => Err(device_revoked()),
        DeviceState::Replaced => Err(Problem::new(
            Code::DeviceRevoked,
            "the device changed its key, and this is the old one; what it holds is kept on it. A device that does not go on under \
             the new key by itself was copied or restored: ask a planner for a new enrolment code",
        )),
    }
}
